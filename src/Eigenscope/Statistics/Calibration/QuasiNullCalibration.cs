using System.Collections.Concurrent;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Statistics;

/// <summary>How often quasi-null eigenvalues are found in matrices of one make.</summary>
/// <param name="N">The longer side.</param>
/// <param name="M">The shorter side.</param>
/// <param name="Case">What the matrices are.</param>
/// <param name="Draws">The number of matrices.</param>
/// <param name="Seen">The share in which the spectrum alone has them, 0 to 1.</param>
/// <param name="Found">The share in which they are directions, with the equilibrated and the shuffled matrix beside it, 0 to 1.</param>
/// <param name="MeanCount">The mean number of those found.</param>
/// <param name="Expected">The number of singular values that were made small.</param>
public sealed record QuasiNullCalibrationRow(int N, int M, string Case, int Draws, double Seen, double Found, double MeanCount, int Expected);

/// <summary>Measures the false positives and the power of <see cref="QuasiNull"/>.</summary>
public sealed class QuasiNullCalibration
{
    private readonly ConcurrentDictionary<(int, int, int, long), LowerEnvelope> envelopes = new();
    private readonly long seed;

    /// <summary>A calibration with a seed: the same one gives the same tables.</summary>
    public QuasiNullCalibration(long seed) => this.seed = seed;

    /// <summary>Matrices without quasi-null directions.</summary>
    /// <param name="n">The longer side.</param>
    /// <param name="m">The shorter side.</param>
    /// <param name="kind">The law of the entries.</param>
    /// <param name="spikes">The number of signals, from 1.5 to 6 times the threshold, at most M.</param>
    /// <param name="draws">The number of matrices, at least 1.</param>
    /// <returns>The row: both shares are false positives.</returns>
    public QuasiNullCalibrationRow Null(int n, int m, NoiseKind kind, int spikes, int draws)
    {
        double[] strengths = [.. Enumerable.Range(0, spikes).Select(i => 1.5 + (4.5 * i / Math.Max(1, spikes - 1)))];
        return Row(n, m, spikes == 0 ? $"{kind}" : $"{kind}, {spikes} signals", draws, 0, draw =>
        {
            var w = TestMatrices.Spiked(kind, n, m, strengths, CalibrationSeed.Of(seed, n, m, (int)kind, spikes, draw));
            return (Eigenvalues(w), new QuasiNullOptions { Equilibrated = Eigenvalues(Equilibration.Of(w)), Shuffled = Eigenvalues(Shuffled(w, draw)) });
        });
    }

    /// <summary>Gaussian matrices whose smallest singular values are each scaled.</summary>
    /// <param name="n">The longer side.</param>
    /// <param name="m">The shorter side.</param>
    /// <param name="share">The share of singular values that is scaled, 0 to 1.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="draws">The number of matrices, at least 1.</param>
    /// <returns>The row: both shares are powers, or false positives where the share is 0. The singular vectors are those of noise, which equilibration leaves as they are, so that no second spectrum is computed.</returns>
    public QuasiNullCalibrationRow Scaled(int n, int m, double share, double factor, int draws) =>
        Row(n, m, FormattableString.Invariant($"{share * 100:0.#} % times {factor}"), draws, (int)Math.Round(share * m), draw => (TestMatrices.ScaleSmallest(Gaussian(n, m, draw), share, factor), new QuasiNullOptions()));

    /// <summary>Gaussian matrices whose smallest singular values are all set to a factor times the largest of them.</summary>
    /// <param name="n">The longer side.</param>
    /// <param name="m">The shorter side.</param>
    /// <param name="share">The share of singular values that is set, 0 to 1.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="draws">The number of matrices, at least 1.</param>
    /// <returns>The row: both shares are powers.</returns>
    public QuasiNullCalibrationRow Levelled(int n, int m, double share, double factor, int draws) =>
        Row(n, m, FormattableString.Invariant($"{share * 100:0.#} % at {factor}"), draws, (int)Math.Round(share * m), draw => (TestMatrices.LevelSmallest(Gaussian(n, m, draw), share, factor), new QuasiNullOptions()));

    private double[] Gaussian(int n, int m, int draw) => WishartNull.Eigenvalues(n, m, CalibrationSeed.Of(seed, n, m, draw));

    private QuasiNullCalibrationRow Row(int n, int m, string name, int draws, int expected, Func<int, (double[] Lambda, QuasiNullOptions Options)> make)
    {
        var results = Enumerable.Range(0, draws).Select(make)
            .Select(made => QuasiNull.Of(made.Lambda, n, made.Options, (rows, columns, count, key) => envelopes.GetOrAdd((rows, columns, count, key), shape => LowerEnvelope.Of(shape.Item1, shape.Item2, shape.Item3, shape.Item4))).Result)
            .OfType<QuasiNull>().ToList();
        var found = results.Where(result => result.IsFound).ToList();
        return new QuasiNullCalibrationRow(n, m, name, results.Count, results.Count(result => result.Count > 0) / (double)results.Count, found.Count / (double)results.Count, found.Count == 0 ? 0 : found.Average(result => result.Count), expected);
    }

    /// <summary>By the accurate route, since the small values are what is asked for.</summary>
    private static double[] Eigenvalues(DenseMatrix w) => [.. Spectrum.Of(w, SpectrumRoute.Accurate).Eigenvalues];

    private static DenseMatrix Shuffled(DenseMatrix w, int draw)
    {
        var values = new double[w.Rows * w.Columns];
        w.Read(0, 0, w.Rows, w.Columns, values, w.Columns);
        var words = new SplitMix64((ulong)draw);
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = (int)words.Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }

        return new DenseMatrix(w.Rows, w.Columns, values);
    }
}
