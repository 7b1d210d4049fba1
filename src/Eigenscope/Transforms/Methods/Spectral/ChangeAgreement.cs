using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>How far changes of one matrix agree in their complexity and in the subspaces that they use.</summary>
/// <param name="Spectra">The singular values of each.</param>
/// <param name="EnergyRanks">How many of them hold 99 % of the energy of each.</param>
/// <param name="Dispersion">The weighted standard deviation of the logarithms of the effective ranks: 0.1 is a spread of about 10 %.</param>
/// <param name="RankVariance">The weighted variance of the effective ranks themselves.</param>
/// <param name="Overlap">
/// From 0 to 1: of each pair the mean squared cosines between the leading k left vectors and between the right ones, k the smaller energy rank, as geometric mean; averaged over the pairs by w_i w_j |D_i| |D_j|.
/// </param>
internal sealed record ChangeAgreement(IReadOnlyList<ChangeSpectrum> Spectra, IReadOnlyList<int> EnergyRanks, double Dispersion, double RankVariance, double Overlap)
{
    private const double EnergyShare = 0.99;

    /// <summary>Compares changes, none of which is zero.</summary>
    /// <param name="decomposed">The decompositions.</param>
    /// <param name="weights">w, each above 0.</param>
    /// <param name="share">The share of the largest singular value of a change up to which values count as zero.</param>
    /// <param name="execution">How the work is done.</param>
    public static ChangeAgreement Of(IReadOnlyList<SingularVectors> decomposed, IReadOnlyList<double> weights, Func<SingularVectors, double> share, Execution execution)
    {
        ChangeSpectrum[] spectra = [.. decomposed.Select(vectors => new ChangeSpectrum(vectors, share(vectors)))];
        int[] ranks = [.. spectra.Select(spectrum => spectrum.EnergyRank(EnergyShare))];
        double[] effective = [.. spectra.Select(spectrum => spectrum.EffectiveRank)];
        var dispersion = Math.Sqrt(Variance([.. effective.Select(rank => Math.Log(rank))], weights));
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < spectra.Length; i++)
        {
            for (var j = i + 1; j < spectra.Length; j++)
            {
                var (k, weight) = (Math.Min(ranks[i], ranks[j]), weights[i] * weights[j] * Math.Sqrt(spectra[i].Energy) * Math.Sqrt(spectra[j].Energy));
                sum += weight * Math.Sqrt(MeanSquare(decomposed[i].Left, decomposed[j].Left, k, execution) * MeanSquare(decomposed[i].Right, decomposed[j].Right, k, execution));
                total += weight;
            }
        }

        return new(spectra, ranks, dispersion, Variance(effective, weights), sum / total);
    }

    private static double Variance(double[] values, IReadOnlyList<double> weights)
    {
        var total = weights.Sum();
        var mean = values.Select((value, i) => weights[i] * value).Sum() / total;
        return values.Select((value, i) => weights[i] * (value - mean) * (value - mean)).Sum() / total;
    }

    /// <summary>|A B^T|^2 / k over the first k rows.</summary>
    private static double MeanSquare(RowMajor a, RowMajor b, int k, Execution execution)
    {
        var cosines = new RowMajor(k, k);
        RowProduct.Of(a.View.Part(0, 0, k, a.Columns), b.View.Part(0, 0, k, b.Columns).Transposed, cosines.View, TileKernel.Update.Set, execution);
        return Lanes.Dot(cosines.Elements, cosines.Elements) / k;
    }
}
