using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>How the elements of a matrix are brought into the order of its counterpart: first rows and columns are exchanged, then they are put into another order.</summary>
/// <param name="IsTransposed">True where rows and columns are exchanged.</param>
/// <param name="Rows">For each row of the result, the row before that; null for their own order.</param>
/// <param name="Columns">The same for columns.</param>
/// <param name="Note">What is done, as a clause; null for nothing.</param>
internal sealed record ElementOrder(bool IsTransposed, int[]? Rows, int[]? Columns, string? Note)
{
    /// <summary>The matrix in that order.</summary>
    public IMatrix Of(IMatrix matrix)
    {
        var turned = IsTransposed ? new TransposedMatrix(matrix) : matrix;
        return Rows is null && Columns is null ? turned : new PermutedMatrix(turned, Rows, Columns);
    }

    /// <summary>True where the shorter side of both matrices is the same, in the same order; of a square matrix that is turned it is not.</summary>
    public bool KeepsShorterSide(IMatrix result) => result.Rows >= result.Columns ? Columns is null && (!IsTransposed || result.Rows > result.Columns) : Rows is null;

    /// <summary>The singular vectors of the matrix in that order.</summary>
    public LeadingVectors Of(LeadingVectors vectors)
    {
        var (left, right) = IsTransposed ? (vectors.Right, vectors.Left) : (vectors.Left, vectors.Right);
        return vectors with { Left = InOrder(left, Rows), Right = InOrder(right, Columns) };
    }

    private static IReadOnlyList<double[]> InOrder(IReadOnlyList<double[]> vectors, int[]? order) =>
        order is null ? vectors : [.. vectors.Select(vector => Array.ConvertAll(order, index => vector[index]))];
}
