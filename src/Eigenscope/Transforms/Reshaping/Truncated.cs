using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>What is made of the leading singular values and vectors of a matrix.</summary>
internal static class Truncated
{
    /// <summary>W with all but these singular values taken away: sum of sigma_i u_i v_i^T.</summary>
    public static RowMajor Product(this SingularVectors vectors, Execution execution) => vectors.Product(vectors.Values, execution);

    /// <summary>U diag(sqrt sigma), rows x k.</summary>
    public static RowMajor LeftFactor(this SingularVectors vectors) => Scaled(vectors.Left, vectors.Values).Transposed();

    /// <summary>diag(sqrt sigma) V^T, k x columns.</summary>
    public static RowMajor RightFactor(this SingularVectors vectors) => Scaled(vectors.Right, vectors.Values);

    /// <summary>V diag(sqrt sigma), columns x k: the left factor of W^T.</summary>
    public static RowMajor TurnedLeftFactor(this SingularVectors vectors) => Scaled(vectors.Right, vectors.Values).Transposed();

    /// <summary>diag(sqrt sigma) U^T, k x rows: the right factor of W^T.</summary>
    public static RowMajor TurnedRightFactor(this SingularVectors vectors) => Scaled(vectors.Left, vectors.Values);

    private static RowMajor Scaled(RowMajor rows, double[] values)
    {
        var scaled = new RowMajor(rows.Rows, rows.Columns);
        for (var k = 0; k < rows.Rows; k++)
        {
            SpanSums.AddScaled(Math.Sqrt(values[k]), rows.Row(k), scaled.Row(k));
        }

        return scaled;
    }
}
