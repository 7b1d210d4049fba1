using System.Diagnostics;

namespace Eigenscope.Benchmarks;

/// <summary>
/// Two actions measured in turn, A B A B ..., so that what the machine does meanwhile meets both alike.
/// </summary>
/// <param name="A">Seconds of the first action.</param>
/// <param name="B">Seconds of the second action.</param>
/// <param name="Ratio">A / B of each round.</param>
internal sealed record Paired(Spread A, Spread B, Spread Ratio)
{
    /// <summary>The runtime has compiled for speed what ran this long, more than once.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Threads of OpenBLAS wait for their next call by running idle, for 2^28 cycles; what comes next is not to pay for it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    /// <summary>Warms both up, then runs them in turn for a number of rounds.</summary>
    public static Paired Run(Action a, Action b, int rounds)
    {
        Warm(a);
        Warm(b);
        var times = Enumerable.Range(0, rounds).Select(_ => (A: Seconds(a), B: Seconds(b))).ToList();
        return new Paired(Spread.Of(times.Select(time => time.A)), Spread.Of(times.Select(time => time.B)), Spread.Of(times.Select(time => time.A / time.B)));
    }

    /// <summary>Warms an action up, then measures it beside what was once recorded of another.</summary>
    public static Paired Against(Action a, double recorded, int rounds)
    {
        Warm(a);
        var times = Enumerable.Range(0, rounds).Select(_ => Seconds(a)).ToList();
        return new Paired(Spread.Of(times), Spread.Of([recorded]), Spread.Of(times.Select(time => time / recorded)));
    }

    private static void Warm(Action action)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < WarmUp;)
        {
            action();
        }
    }

    /// <summary>Keeps every processor awake meanwhile: waking up is no part of the work either.</summary>
    private static void Settle() => Parallel.For(0, Environment.ProcessorCount, _ =>
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Settling;)
        {
            Thread.SpinWait(100);
        }
    });

    private static double Seconds(Action action)
    {
        Settle();
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }
}
