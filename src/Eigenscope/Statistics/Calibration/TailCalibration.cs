using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>
/// Plants power laws of known exponents and tells how far the fits are off: bias before and after the correction, and how often intervals hold the truth. Where there is a body, its values are
/// uniform from 0 to xmin.
/// </summary>
/// <param name="Options">What was tried.</param>
/// <param name="Rows">One row for each exponent and number of values.</param>
public sealed record TailCalibration(TailCalibrationOptions Options, IReadOnlyList<TailCalibrationRow> Rows)
{
    private const double Normal = 1.959963984540054;

    /// <summary>Runs the experiment; the same options give the same table on any number of threads.</summary>
    /// <param name="options">What to try.</param>
    /// <param name="cancellation">Stops it between samples.</param>
    public static TailCalibration Run(TailCalibrationOptions options, CancellationToken cancellation = default) =>
        new(options, [.. options.Alphas.SelectMany((alpha, a) => options.TailCounts.Select((count, c) => Row(options, alpha, count, (a * options.TailCounts.Count) + c, cancellation)))]);

    private static TailCalibrationRow Row(TailCalibrationOptions options, double alpha, int count, int index, CancellationToken cancellation)
    {
        var trials = new Trial[options.Trials];
        var threads = new ParallelOptions { MaxDegreeOfParallelism = options.Bootstrap.Threads, CancellationToken = cancellation };
        Parallel.For(0, trials.Length, threads, i => trials[i] = Try(options, alpha, count, ((ulong)index << 32) + (ulong)i));
        var corrected = trials.Average(trial => trial.Bootstrap.AlphaCorrected);
        var spread = Math.Sqrt(trials.Average(trial => Math.Pow(trial.Bootstrap.AlphaCorrected - corrected, 2)));
        return new TailCalibrationRow(
            alpha,
            count,
            trials.Length,
            trials.Select(trial => trial.Fit.TailCount).Order().ElementAt(trials.Length / 2),
            (trials.Average(trial => trial.Fit.Alpha) / alpha) - 1,
            (corrected / alpha) - 1,
            spread / Math.Sqrt(trials.Length) / alpha,
            Share(trials, trial => Math.Abs(trial.Fit.Alpha - alpha) <= Normal * trial.Fit.Sigma),
            Share(trials, trial => trial.Bootstrap.Low <= alpha && alpha <= trial.Bootstrap.High),
            trials.Average(trial => trial.Bootstrap.High - trial.Bootstrap.Low) / alpha,
            Share(trials, trial => trial.Bootstrap.P < 0.1));
    }

    private static double Share(Trial[] trials, Func<Trial, bool> holds) => trials.Count(holds) / (double)trials.Length;

    private static Trial Try(TailCalibrationOptions options, double alpha, int count, ulong index)
    {
        var random = new SplitMix64(new SplitMix64(options.Bootstrap.Seed ^ new SplitMix64(index).Next()).Next());
        var sample = Plant(ref random, alpha, count, options.BodyShare);
        var fit = PowerLawFit.Of(sample, options.Fit).Fit!;
        return new Trial(fit, TailBootstrap.Of(sample, fit, options.Fit, options.Bootstrap with { Seed = random.Next(), Threads = 1 }));
    }

    private static double[] Plant(ref SplitMix64 random, double alpha, int count, double bodyShare)
    {
        var sample = new double[count + (int)(bodyShare * count)];
        for (var i = 0; i < sample.Length; i++)
        {
            var u = ((random.Next() >> 11) + 1) * (1.0 / (1L << 53));
            sample[i] = i < count ? Math.Pow(u, -1 / (alpha - 1)) : u;
        }

        Array.Sort(sample);
        return sample;
    }

    private sealed record Trial(PowerLawFit Fit, TailBootstrap Bootstrap);
}
