using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>What dense matrices lack for the small computations here.</summary>
internal static class DenseMatrices
{
    /// <summary>A copy of the elements, row by row.</summary>
    public static double[] ToArray(this IMatrix matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.Read(0, 0, matrix.Rows, matrix.Columns, values, matrix.Columns);
        return values;
    }
}
