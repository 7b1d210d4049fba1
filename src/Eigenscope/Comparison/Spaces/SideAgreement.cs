using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>How the leading singular vectors of A lie to those of B, on one side of the matrices.</summary>
public sealed record SideAgreement
{
    /// <summary>A vector of A is an intruder where no vector of B that was looked at has so large a cosine with it (Shuttleworth et al. 2024).</summary>
    public const double IntruderCosine = 0.5;

    /// <summary>The spaces of the k leading vectors of each.</summary>
    public required Subspaces Spaces { get; init; }

    /// <summary>|cos| of the angle between vector i of A and vector j of B, i and j below k.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Overlap { get; init; }

    /// <summary>The mean of the diagonal of <see cref="Overlap"/>: whether the same vectors come in the same order.</summary>
    public double Diagonal => Enumerable.Range(0, Overlap.Count).Average(i => Overlap[i][i]);

    /// <summary>What <see cref="Diagonal"/> is on average for random vectors of this length.</summary>
    public double ChanceDiagonal => ChanceAgreement.OfOne(Spaces.Dimension);

    /// <summary>The mean over the k vectors of A of the largest |cos| with one of the k of B: whether the same vectors come in any order.</summary>
    public double BestMatch => Overlap.Average(row => row.Max());

    /// <summary>What <see cref="BestMatch"/> is on average for random vectors of this length.</summary>
    public double ChanceBestMatch => ChanceAgreement.OfBest(Spaces.Dimension, Overlap.Count);

    /// <summary>How many of the k leading vectors of A have no counterpart among all vectors of B that were looked at.</summary>
    public required int Intruders { get; init; }

    /// <summary>The share of |A - B|_F inside the space of the k leading vectors of B, 0 to 1; null where it was not computed, or A and B are equal.</summary>
    public double? ShareOfChange { get; init; }

    /// <summary>What <see cref="ShareOfChange"/> is for a change that favours no direction: sqrt(k / n).</summary>
    public double ChanceShare => Math.Sqrt(Spaces.ChanceOverlap);

    /// <summary>Compares vectors of one side.</summary>
    /// <param name="a">The leading vectors of A, orthonormal, in the order of their singular values.</param>
    /// <param name="b">Those of B.</param>
    /// <param name="count">k, at most as many as each has.</param>
    public static SideAgreement Of(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b, int count)
    {
        double[][] all = [.. a.Take(count).Select(x => b.Select(y => Math.Min(1, Math.Abs(Lanes.Dot(x, y)))).ToArray())];
        return new()
        {
            Spaces = Subspaces.Of([.. a.Take(count)], [.. b.Take(count)]),
            Overlap = [.. all.Select(row => row[..count])],
            Intruders = all.Count(row => row.Max() < IntruderCosine),
        };
    }
}
