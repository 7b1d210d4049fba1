namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The product of two matrices, in float64.
/// </summary>
/// <remarks>
/// An element of C = A B is summed over the depth K in ascending order, in chains of d = 256 fused multiply-adds: |error| &lt;= (d + K / d) eps
/// sum_k |a_ik b_kj|. Cost: 2 K flops an element.
/// </remarks>
public static class MatrixProduct
{
    /// <summary>Computes C = A B.</summary>
    /// <param name="a">A, M x K; read once, in blocks, and never held whole.</param>
    /// <param name="b">B, K x N; likewise.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a bit of the result.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <returns>C, M x N.</returns>
    /// <exception cref="ArgumentException">B has not as many rows as A has columns.</exception>
    /// <exception cref="NonFiniteElementException">A or B holds a NaN or an infinity.</exception>
    public static DenseMatrix Of(IMatrix a, IMatrix b, int threads = 1, CancellationToken cancellation = default)
    {
        using var execution = Execution.On(threads, cancellation);
        return Of(a, b, execution);
    }

    /// <summary>The same with a given kernel.</summary>
    internal static DenseMatrix Of(IMatrix a, IMatrix b, Execution execution)
    {
        if (a.Columns != b.Rows)
        {
            throw new ArgumentException($"a matrix of {a.Columns} columns does not go with one of {b.Rows} rows", nameof(b));
        }

        using var c = new PanelMatrix(a.Rows, b.Columns);
        using var left = new PanelReader(a, byRows: false, 1, execution);
        using var right = new PanelReader(b, byRows: true, 1, execution);
        for (var first = true; left.ReadNext() && right.ReadNext(); first = false)
        {
            PanelProduct.Add(left, Panel.Count(a.Rows), right, Panel.Count(b.Columns), left.Count, c, first, execution);
        }

        return c.ToDense(execution);
    }
}
