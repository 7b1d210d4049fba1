using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>Frobenius norms of matrices and of sequences of singular values.</summary>
internal static class FrobeniusNorms
{
    /// <summary>The Frobenius norm.</summary>
    public static double Norm(this RowMajor matrix) => Norm(matrix.Elements);

    /// <summary>The Frobenius norm of a matrix with these singular values.</summary>
    public static double Norm(this double[] values) => Norm(values.AsSpan());

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Lanes.Dot(x, x));
}
