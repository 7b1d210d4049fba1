namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The Gram matrix of the smaller side, G = W^T W (or W W^T where W is wide), in float64.
/// </summary>
/// <remarks>
/// W is read once, in blocks along its longer side, and never held whole. G_ij is summed over that side in ascending order, in chains of d =
/// <see cref="PanelProduct.Depth"/> fused multiply-adds: |error| &lt;= (d + N / d) eps sum_k |w_ki w_kj| for N terms.
/// W and W^T give the same bits. Cost: N M^2 flops for an N x M matrix, M &lt;= N.
/// </remarks>
internal static class Gram
{
    /// <summary>Computes the lower triangle of G of W / <paramref name="scale"/>, where the scale is a power of two.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static SymmetricMatrix Of(IMatrix w, double scale, Execution execution)
    {
        var gram = new SymmetricMatrix(Math.Min(w.Rows, w.Columns), zeroed: false);
        try
        {
            using var vectors = new PanelReader(w, byRows: w.Rows >= w.Columns, scale, execution);
            for (var first = true; vectors.ReadNext(); first = false)
            {
                PanelProduct.AddLower(vectors, gram.Panels, vectors.Count, gram, first, execution);
            }

            return gram;
        }
        catch
        {
            gram.Dispose();
            throw;
        }
    }
}
