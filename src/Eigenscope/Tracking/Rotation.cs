using Eigenscope.Comparison;
using Eigenscope.Spectra;

namespace Eigenscope.Tracking;

/// <summary>How far the leading singular subspace of a layer turned between two checkpoints, on one side.</summary>
/// <param name="Overlap">The mean squared cosine of the principal angles, 0 to 1: which part of the one subspace lies in the other.</param>
/// <param name="ChanceOverlap">What that is on average for random subspaces.</param>
/// <param name="LargestAngle">The largest principal angle in radians, 0 to pi / 2.</param>
/// <param name="Leading">|cos| of the angle between the first singular vectors, 0 to 1.</param>
public sealed record SideRotation(double Overlap, double ChanceOverlap, double LargestAngle, double Leading)
{
    internal static SideRotation Of(IReadOnlyList<double[]> before, IReadOnlyList<double[]> after)
    {
        var spaces = Subspaces.Of(before, after);
        return new(spaces.Overlap, spaces.ChanceOverlap, spaces.Angles[^1], Math.Min(1, Math.Abs(LinearAlgebra.Lanes.Dot(before[0], after[0]))));
    }
}

/// <summary>How far the leading singular subspaces of a layer turned between two checkpoints.</summary>
/// <param name="Rank">k, how many vectors span them.</param>
/// <param name="Left">On the side of the rows.</param>
/// <param name="Right">On the side of the columns.</param>
public sealed record Rotation(int Rank, SideRotation Left, SideRotation Right)
{
    /// <summary>Between the vectors of two checkpoints; null where one has none, or their lengths differ. At most half of the directions count, since all of them span everything.</summary>
    public static Rotation? Of(LeadingVectors before, LeadingVectors after)
    {
        if (before.Left.Count == 0 || after.Left.Count == 0 || before.Left[0].Length != after.Left[0].Length || before.Right[0].Length != after.Right[0].Length)
        {
            return null;
        }

        var half = Math.Max(1, Math.Min(before.Left[0].Length, before.Right[0].Length) / 2);
        var rank = Math.Min(half, Math.Min(before.Left.Count, after.Left.Count));
        return new(rank, SideRotation.Of([.. before.Left.Take(rank)], [.. after.Left.Take(rank)]), SideRotation.Of([.. before.Right.Take(rank)], [.. after.Right.Take(rank)]));
    }
}
