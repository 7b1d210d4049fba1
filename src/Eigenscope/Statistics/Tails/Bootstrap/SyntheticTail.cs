using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>
/// Samples like a given one: each value is one of those below xmin, or from the fitted law. They are drawn in ascending order and as logarithms, in a time proportional to their number:
/// those below xmin by counting how often each is drawn, the others by the gaps of ordered exponential numbers, which are independent (Renyi 1953).
/// </summary>
/// <param name="logs">The logarithms of the sample, ascending.</param>
/// <param name="fit">Its fit.</param>
internal sealed class SyntheticTail(double[] logs, PowerLawFit fit)
{
    private readonly int body = logs.Length - fit.TailCount;
    private readonly int[] counts = new int[logs.Length - fit.TailCount];
    private readonly double origin = logs[^fit.TailCount];

    /// <summary>Fills a sample of the same size. <paramref name="mass"/> is the share of the law below its upper end.</summary>
    public void Draw(SplitMix64 random, Span<double> sample, double mass)
    {
        var tail = sample[DrawBody(ref random, sample)..];
        var sum = 0.0;
        for (var j = 0; j < tail.Length; j++)
        {
            sum -= Math.Log(Uniform(ref random)) / (tail.Length - j);
            tail[j] = origin + (Within(sum, mass) / (fit.Alpha - 1));
        }
    }

    private static double Within(double exponential, double mass) => mass == 1 ? exponential : -Math.Log(1 - (mass * (1 - Math.Exp(-exponential))));

    /// <summary>Above 0 and up to 1.</summary>
    private static double Uniform(ref SplitMix64 random) => ((random.Next() >> 11) + 1) * (1.0 / (1L << 53));

    private int DrawBody(ref SplitMix64 random, Span<double> sample)
    {
        Array.Clear(counts);
        for (var i = 0; i < sample.Length && body > 0; i++)
        {
            if (random.Below(sample.Length) is var index && index < body)
            {
                counts[index]++;
            }
        }

        var place = 0;
        for (var i = 0; i < body; i++)
        {
            sample.Slice(place, counts[i]).Fill(logs[i]);
            place += counts[i];
        }

        return place;
    }
}
