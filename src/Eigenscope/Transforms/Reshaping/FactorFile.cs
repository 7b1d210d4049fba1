using Eigenscope.LinearAlgebra;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>Factors as they were stored.</summary>
internal static class FactorFile
{
    /// <summary>The product of two stored factors.</summary>
    /// <param name="left">rows x r, any axes of length 1 behind.</param>
    /// <param name="right">r x columns, which may be several axes.</param>
    /// <param name="rows">The rows of the product.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="execution">How the work is done.</param>
    public static RowMajor Product(Tensor left, Tensor right, int rows, int columns, Execution execution)
    {
        var rank = checked((int)(left.Count / rows));
        var product = new RowMajor(rows, columns);
        RowProduct.Of(View(left, rows, rank), View(right, rank, columns), product.View, TileKernel.Update.Set, execution);
        return product;
    }

    private static MatrixView View(Tensor factor, int rows, int columns) => new(StoredTensors.Values(factor), 0, columns, rows, columns);
}
