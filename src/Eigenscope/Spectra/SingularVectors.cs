using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>The thin singular value decomposition of a matrix with all of its vectors, W = sum_k sigma_k u_k v_k^T, or the leading part of it.</summary>
/// <remarks>
/// |W - U diag(sigma) V^T|, each singular value and the departure of U and V from orthogonality are right to n eps sigma_1 and n eps, n being the longer side: small singular values lose nothing to
/// the squares of large ones, which <see cref="Deflation"/> takes away first. A singular value below n eps sigma_1 is given as zero, with vectors that complete the orthonormal bases.
/// Where singular values are equal their vectors are an arbitrary basis of the space that they have in common. The bits are the same for any number of threads.
/// </remarks>
internal sealed class SingularVectors
{
    private SingularVectors(double[] values, RowMajor left, RowMajor right) => (Values, Left, Right) = (values, left, right);

    /// <summary>sigma, descending.</summary>
    public double[] Values { get; }

    /// <summary>The vectors u_k of length 1, one a row, each as long as W has rows.</summary>
    public RowMajor Left { get; }

    /// <summary>The vectors v_k of length 1, one a row, each as long as W has columns; their signs belong to those of <see cref="Left"/>.</summary>
    public RowMajor Right { get; }

    /// <summary>The number of triplets.</summary>
    public int Count => Values.Length;

    /// <summary>All min(m, n) of them.</summary>
    /// <param name="w">W, m x n, at least 1 x 1; left as it is.</param>
    /// <param name="execution">How the work is done.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static SingularVectors Of(RowMajor w, Execution execution) => Of(w, Math.Min(w.Rows, w.Columns), execution);

    /// <summary>The leading ones.</summary>
    /// <param name="w">W, m x n, at least 1 x 1; left as it is.</param>
    /// <param name="count">How many, from 1; more than min(m, n) are as many as there are.</param>
    /// <param name="execution">How the work is done.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static SingularVectors Of(RowMajor w, int count, Execution execution)
    {
        var largest = LargestMagnitude.Of(w, execution.Cancellation);
        if (!double.IsFinite(largest))
        {
            NonFiniteElementException.ThrowFirst(w);
        }

        var images = w.Rows > w.Columns ? Transposed(w) : Copy(w);
        var scale = PowerOfTwo.AtOrBelow(largest);
        PowerOfTwo.Divide(images.Elements, scale);
        var (values, outer, inner) = new Deflation(images, Math.Min(count, images.Rows), execution).Run();
        for (var k = 0; k < values.Length; k++)
        {
            values[k] *= scale;
        }

        return w.Rows > w.Columns ? new(values, outer, inner) : new(values, inner, outer);
    }

    /// <summary>The doubles that are held at the same time beside W for one of some shape, its result included.</summary>
    public static long Doubles(long rows, long columns)
    {
        var (inner, outer) = (Math.Min(rows, columns), Math.Max(rows, columns));
        return (5 * inner * outer) + (6 * inner * inner);
    }

    /// <summary>How many singular values are above a share of the largest.</summary>
    /// <param name="share">The share, from 0 on.</param>
    public int Rank(double share) => Values.TakeWhile(value => value > share * Values[0]).Count();

    /// <summary>sum_k x_k u_k v_k^T over the first of the triplets.</summary>
    /// <param name="factors">x, as many as there are terms.</param>
    /// <param name="execution">How the work is done.</param>
    public RowMajor Product(ReadOnlySpan<double> factors, Execution execution)
    {
        var product = new RowMajor(Left.Columns, Right.Columns);
        AddProduct(factors, product, execution);
        return product;
    }

    /// <summary>Adds sum_k x_k u_k v_k^T over the first of the triplets to a matrix of the shape of W.</summary>
    /// <param name="factors">x, as many as there are terms.</param>
    /// <param name="to">The matrix.</param>
    /// <param name="execution">How the work is done.</param>
    public void AddProduct(ReadOnlySpan<double> factors, RowMajor to, Execution execution)
    {
        if (factors.Length == 0)
        {
            return;
        }

        var scaled = new RowMajor(factors.Length, Left.Columns);
        for (var k = 0; k < factors.Length; k++)
        {
            var row = scaled.Row(k);
            Left.Row(k).CopyTo(row);
            foreach (ref var value in row)
            {
                value *= factors[k];
            }
        }

        RowProduct.Of(scaled.View.Transposed, Right.View.Part(0, 0, factors.Length, Right.Columns), to.View, TileKernel.Update.Add, execution);
    }

    /// <summary>Those of L^T W R for matrices L and R of orthonormal rows, W being the matrix that was decomposed.</summary>
    /// <param name="left">L, with as many rows as W.</param>
    /// <param name="right">R, with as many rows as W has columns.</param>
    /// <param name="execution">How the work is done.</param>
    public SingularVectors Between(RowMajor left, RowMajor right, Execution execution)
    {
        var (u, v) = (new RowMajor(Count, left.Columns), new RowMajor(Count, right.Columns));
        RowProduct.Of(Left.View, left.View, u.View, TileKernel.Update.Set, execution);
        RowProduct.Of(Right.View, right.View, v.View, TileKernel.Update.Set, execution);
        return new(Values, u, v);
    }

    private static RowMajor Copy(RowMajor w)
    {
        var copy = new RowMajor(w.Rows, w.Columns);
        w.Elements.CopyTo(copy.Elements);
        return copy;
    }

    private static RowMajor Transposed(RowMajor w)
    {
        var transposed = new RowMajor(w.Columns, w.Rows);
        new TransposedMatrix(w).Read(0, 0, w.Columns, w.Rows, transposed.Values, w.Rows);
        return transposed;
    }
}
