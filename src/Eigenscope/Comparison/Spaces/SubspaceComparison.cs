using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>How the leading singular subspaces of two matrices lie to each other.</summary>
/// <param name="Left">On the side of the rows.</param>
/// <param name="Right">On the side of the columns.</param>
/// <param name="Count">k, the number of leading vectors.</param>
/// <param name="LookedAt">How many vectors of B intruders were looked for among; <paramref name="IsComplete"/> where these are all.</param>
/// <param name="IsComplete">True where all singular vectors of B were looked at.</param>
public sealed record SubspaceComparison(SideAgreement Left, SideAgreement Right, int Count, int LookedAt, bool IsComplete)
{
    /// <summary>The linear centred kernel alignment of A and B (Cortes et al. 2012; Kornblith et al. 2019), 0 to 1: the cosine of the angle between their Gram matrices of the shorter side after both are centred;
    /// null where these have different orders, or are constant.</summary>
    public double? KernelAlignment { get; init; }

    /// <summary>Compares leading vectors; null where one matrix is zero.</summary>
    /// <param name="a">Those of A.</param>
    /// <param name="b">Those of B.</param>
    /// <param name="top">k, or as many as both have.</param>
    /// <param name="order">The shorter side of the matrices.</param>
    internal static SubspaceComparison? Of(LeadingVectors a, LeadingVectors b, int top, int order)
    {
        var count = Math.Min(top, Math.Min(a.SingularValues.Count, b.SingularValues.Count));
        return count == 0 ? null
            : new(SideAgreement.Of(a.Left, b.Left, count), SideAgreement.Of(a.Right, b.Right, count), count, b.SingularValues.Count, b.SingularValues.Count == order);
    }

    /// <summary>The same with the shares of a change in the spaces of B.</summary>
    /// <param name="change">The change.</param>
    /// <param name="squaredNorm">Its squared norm.</param>
    /// <param name="b">The vectors of B.</param>
    /// <param name="threads">The most threads that work on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal SubspaceComparison WithShares(IMatrix change, double squaredNorm, LeadingVectors b, int threads, CancellationToken cancellation)
    {
        var (left, right) = SubspaceAlignment.OfBoth(change, squaredNorm, [.. b.Left.Take(Count)], [.. b.Right.Take(Count)], threads, cancellation);
        return this with { Left = Left with { ShareOfChange = left }, Right = Right with { ShareOfChange = right } };
    }
}
