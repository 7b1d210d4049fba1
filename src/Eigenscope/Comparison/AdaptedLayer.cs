using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>A layer of a base with an adapter on it.</summary>
/// <param name="Layer">The layer W_0 + s B A, of the type of the base.</param>
/// <param name="Change">s B A, in the order of the base.</param>
internal sealed record AdaptedLayer(WeightMatrix Layer, IMatrix Change)
{
    /// <summary>The adapted layer; null with a reason where the adapter does not fit.</summary>
    /// <param name="adapter">The product of the adapter's factors.</param>
    /// <param name="to">The layer of the base.</param>
    public static (AdaptedLayer? Layer, string? Reason) Of(WeightMatrix adapter, WeightMatrix to)
    {
        if (to.Slices.Count != 1)
        {
            return (null, "the layer of the base is no single matrix");
        }

        var (product, matrix) = (adapter.Product!.Whole, to.Slices[0]);
        foreach (var isTransposed in (bool[])(to.OutputsAreRows == false ? [true, false] : [false, true]))
        {
            var change = isTransposed ? new TransposedMatrix(product) : product;
            if (change.Rows == matrix.Rows && change.Columns == matrix.Columns)
            {
                return (new(to with { Replacement = new MatrixSum(matrix, change) }, change), null);
            }
        }

        return (null, $"an adapter of {product.Rows} x {product.Columns} does not fit on {to.Tensor.ShapeText}");
    }
}
