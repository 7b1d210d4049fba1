using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Comparison;

/// <summary>How many directions a change needs.</summary>
/// <param name="Energy90">The fewest singular values that hold 90 % of its squared norm.</param>
/// <param name="Energy99">The fewest that hold 99 %.</param>
/// <param name="EdgeRank">How many lie above the edge sigma_0 (sqrt N + sqrt M) of a random matrix with its median singular value, or with what the larger ones leave of its norm where the smaller ones are estimates; null for an adapter.</param>
/// <param name="Suggested">The rank that an adapter of it needs: <paramref name="EdgeRank"/>, 0 where the change is as random; <paramref name="Energy99"/> where that is not known, or smaller.</param>
/// <param name="Given">The rank that it was given, for an adapter; null for all others.</param>
public sealed record ChangeRank(int Energy90, int Energy99, int? EdgeRank, int Suggested, int? Given)
{
    /// <summary>Counts the directions of a change that is not zero.</summary>
    /// <param name="change">Its spectrum.</param>
    /// <param name="given">The rank of the adapter that it is; null for all others.</param>
    internal static ChangeRank Of(LayerSpectrum change, int? given)
    {
        double[] eigenvalues = [.. change.Eigenvalues];
        var energy99 = Truncation.RankFor(eigenvalues, 0.99);
        int? edge = given is not null ? null : change.IsWhole ? AboveEdge(change) : change.IsApproximate ? AboveEstimatedEdge(change) : null;
        return new(Truncation.RankFor(eigenvalues, 0.9), energy99, edge, Math.Min(energy99, edge ?? energy99), given);
    }

    /// <summary>By the median, which a few large singular values hardly move.</summary>
    private static int AboveEdge(LayerSpectrum change)
    {
        var law = new MarchenkoPastur((double)change.N / change.M, 1);
        var median = (change.Eigenvalues[(change.M - 1) / 2] + change.Eigenvalues[change.M / 2]) / 2;
        var edge = median / law.Quantile(0.5) * law.LambdaPlus;
        return change.Eigenvalues.Count(lambda => lambda > edge);
    }

    /// <summary>Where the smaller singular values are estimates: by the variance of what the larger ones leave of the norm, which is known; no more than are resolved.</summary>
    private static int AboveEstimatedEdge(LayerSpectrum change)
    {
        var (count, rest) = (0, change.Norm);
        for (; count < change.Spectrum.Approximation!.Resolved; count++)
        {
            var lambda = change.Eigenvalues[^(count + 1)];
            var variance = (rest - lambda) / ((double)change.N * change.M);
            if (lambda <= variance * Math.Pow(Math.Sqrt(change.N) + Math.Sqrt(change.M), 2))
            {
                break;
            }

            rest -= lambda;
        }

        return count;
    }
}
