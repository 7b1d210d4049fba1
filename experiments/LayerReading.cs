using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Experiments;

/// <summary>What experiments read off a weight matrix, each number by the library's definition of the metric.</summary>
/// <param name="Alpha">The exponent of the tail; null where no fit can be made.</param>
/// <param name="AlphaHat">alpha log10 lambda_max.</param>
/// <param name="StableRank">|W|_F^2 / sigma_max^2.</param>
/// <param name="LogNorm">log10 |W|_F^2.</param>
/// <param name="SigmaMax">The largest singular value.</param>
/// <param name="Phase">The phase; null where it is not told.</param>
/// <param name="Eigenvalues">lambda, ascending.</param>
internal sealed record LayerReading(double? Alpha, double? AlphaHat, double StableRank, double LogNorm, double SigmaMax, Phase? Phase, IReadOnlyList<double> Eigenvalues)
{
    /// <summary>exp(-sum p ln p), p = sigma / sum sigma.</summary>
    public double EffectiveRank
    {
        get
        {
            double[] sigma = [.. Eigenvalues.Where(value => value > 0).Select(Math.Sqrt)];
            var sum = sigma.Sum();
            return Math.Exp(-sigma.Sum(value => value / sum * Math.Log(value / sum)));
        }
    }

    /// <summary>Reads a matrix.</summary>
    public static LayerReading Of(IMatrix weights)
    {
        var spectrum = Spectrum.Of(weights, SpectrumRoute.Accurate);
        double[] eigenvalues = [.. spectrum.SingularValues.Select(sigma => sigma * sigma)];
        var (trace, largest) = (eigenvalues.Sum(), eigenvalues[^1]);
        var alpha = PowerLawFit.Of(eigenvalues, new PowerLawOptions()).Fit?.Alpha;
        var (verdict, _) = PhaseClassifier.Of(eigenvalues, Math.Max(weights.Rows, weights.Columns));
        return new(alpha, alpha * Math.Log10(largest), trace / largest, Math.Log10(trace), Math.Sqrt(largest), verdict?.Phase, eigenvalues);
    }
}
