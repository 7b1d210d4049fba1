using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Tests.Statistics.RandomPart;

/// <summary>Spectra to test with.</summary>
internal static class RandomSpectra
{
    /// <summary>The eigenvalues of W^T W, ascending.</summary>
    public static double[] Eigenvalues(DenseMatrix w) => [.. Spectrum.Of(w, SpectrumRoute.Gram, CancellationToken.None).Eigenvalues];

    /// <summary>Exactly the quantiles of the law of an n x m matrix of variance 1, with some eigenvalues in place of the largest.</summary>
    public static double[] Quantiles(int n, int m, params double[] spikes)
    {
        var law = new MarchenkoPastur((double)(n - spikes.Length) / (m - spikes.Length), n - spikes.Length);
        return [.. Enumerable.Range(0, m - spikes.Length).Select(i => law.Quantile((i + 0.5) / (m - spikes.Length))), .. spikes.Order()];
    }

    /// <summary>The upper edge of the law that is left of <see cref="Quantiles"/> with one spike.</summary>
    public static double EdgeBesideOne(int n, int m) => Math.Pow(Math.Sqrt(n - 1) + Math.Sqrt(m - 1), 2);
}
