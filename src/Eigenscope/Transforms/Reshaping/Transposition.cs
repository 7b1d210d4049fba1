using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>A matrix in memory with rows and columns exchanged.</summary>
internal static class Transposition
{
    /// <summary>A transposed copy.</summary>
    public static RowMajor Transposed(this RowMajor w)
    {
        var transposed = new RowMajor(w.Columns, w.Rows);
        for (var i = 0; i < w.Rows; i++)
        {
            for (var j = 0; j < w.Columns; j++)
            {
                transposed.Values[(j * w.Rows) + i] = w.Values[(i * w.Columns) + j];
            }
        }

        return transposed;
    }
}
