namespace Eigenscope.Transforms;

/// <summary>By what a rank is chosen.</summary>
public enum RankCriterion
{
    /// <summary>It is given.</summary>
    Given,

    /// <summary>The least that keeps a share of the squared Frobenius norm.</summary>
    Energy,

    /// <summary>The singular values beyond the edge of the random part.</summary>
    RandomPart,

    /// <summary>The tail of unit determinant.</summary>
    UnitDeterminant,

    /// <summary>What a share of the numbers of all matrices together leaves room for.</summary>
    Ratio,
}

/// <summary>How a share of the numbers is spread over matrices.</summary>
public enum RankAllocation
{
    /// <summary>Each keeps the same share of its numbers.</summary>
    Uniform,

    /// <summary>The share that is cut grows with the exponent of the spectrum (AlphaPruning, Lu and others 2024).</summary>
    Alpha,
}

/// <summary>How the rank of a matrix is chosen.</summary>
/// <param name="Criterion">By what.</param>
/// <param name="Value">The rank, from 1; the share of the squared norm, above 0 and at most 1; or the share of numbers that is left, above 0 and below 1. Of no account for the others.</param>
public sealed record RankRule(RankCriterion Criterion, double Value = 0)
{
    /// <summary>How a share of numbers is spread.</summary>
    public RankAllocation Allocation { get; init; }

    /// <summary>With <see cref="RankAllocation.Alpha"/>, how far the shares cut reach from their mean: from 1 - spread to 1 + spread of it, 0 to 1.</summary>
    public double Spread { get; init; } = 0.3;
}
