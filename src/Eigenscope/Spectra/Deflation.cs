using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>
/// A singular value decomposition from the largest values down: those of one order of magnitude are found by the eigenvectors of the Gram matrix, taken out, and the rest, now the largest, is found
/// by the same way until nothing is left.
/// </summary>
/// <remarks>
/// B = Y X with orthonormal rows of Y and orthogonal rows of X makes |x_k| the singular values. By the Gram matrix of B, Y has an error of eps sigma_1^2 / sigma_k in what x_k takes from others, which is
/// harmless down to a tenth of sigma_1 and not beyond; squares of a rest whose largest value is that tenth lose a hundredth as much. What is left of at most <see cref="Small"/> rows is turned
/// by Jacobi's rotations, which do not square at all.
/// </remarks>
internal sealed class Deflation
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>So many rows are decomposed by rotations.</summary>
    private const int Small = 64;

    /// <summary>Values above this share of the largest are taken out at once, by eigenvectors and by rotations.</summary>
    private const double TakenByEigenvectors = 0.1, TakenByRotations = 1e-6;

    private readonly Execution execution;
    private readonly double[] values;
    private readonly RowMajor outer;
    private readonly RowMajor inner;
    private RowMajor images;
    private RowMajor? basis;
    private double floor;
    private bool isResolved = true;
    private int found;

    /// <param name="images">B, with no more rows than columns and elements of no extreme size; overwritten.</param>
    /// <param name="count">The number of triplets that are wanted.</param>
    /// <param name="execution">How the work is done.</param>
    public Deflation(RowMajor images, int count, Execution execution)
    {
        (this.images, this.execution, values) = (images, execution, new double[images.Rows]);
        (outer, inner) = (new RowMajor(images.Rows, images.Columns), new RowMajor(images.Rows, images.Rows));
        Wanted = count;
    }

    private int Wanted { get; }

    /// <summary>The values, descending, the vectors of the longer side and those of the shorter, one a row: B = inner^T diag(values) outer.</summary>
    public (double[] Values, RowMajor Outer, RowMajor Inner) Run()
    {
        while (found < Wanted)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            if (isResolved && Norm(images.Elements) <= floor)
            {
                Complete();
            }

            var share = Turn();
            Project(0);
            double[] norms = [.. Enumerable.Range(0, images.Rows).Select(k => Norm(images.Row(k)))];
            var largest = norms.Max();
            floor = found == 0 && isResolved ? outer.Columns * Epsilon * largest : floor;
            Take(norms, Math.Max(share * largest, isResolved ? floor : 0));
        }

        return Sorted();
    }

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Lanes.Dot(x, x));

    /// <summary>Makes the images orthogonal; returns the share of the largest above which they are known to be.</summary>
    private double Turn()
    {
        var isSmall = images.Rows <= Small;
        var turn = isSmall ? Rotations() : Eigenvectors();
        images = Product(turn, images);
        basis = basis is null ? turn : Product(turn, basis);
        return isSmall ? TakenByRotations : TakenByEigenvectors;
    }

    /// <summary>The product of rotations that make the images orthogonal, without what each loses of its length by rounding.</summary>
    private RowMajor Rotations()
    {
        var (turned, turn) = (Rows(images, [.. Enumerable.Range(0, images.Rows)]), Identity(images.Rows));
        JacobiRotations.Orthogonalize(turned.Elements, turned.Columns, turn.Elements, turn.Columns, turned.Columns * Epsilon, execution.Cancellation);
        Straighten(turn.View);
        return turn;
    }

    private RowMajor Eigenvectors()
    {
        using var gram = Gram.Of(images.Rows == images.Columns ? new TransposedMatrix(images) : images, 1, execution);
        using var all = LeadingEigenvectors.Of(gram, gram.Order, -1, execution);
        var vectors = new RowMajor(gram.Order, gram.Order);
        execution.ForEach(vectors.Rows, k => all.Vector(k).CopyTo(vectors.Row(k)));
        return vectors;
    }

    private RowMajor Product(RowMajor a, RowMajor b)
    {
        var product = new RowMajor(a.Rows, b.Columns);
        RowProduct.Of(a.View, b.View, product.View, TileKernel.Update.Set, execution);
        return product;
    }

    /// <summary>Takes out of the images what lies along the outer vectors found from <paramref name="first"/> on.</summary>
    private void Project(int first)
    {
        if (first == found || images.Rows == 0)
        {
            return;
        }

        var known = outer.View.Part(first, 0, found - first, outer.Columns);
        var along = new RowMajor(images.Rows, known.Rows);
        RowProduct.Of(images.View, known.Transposed, along.View, TileKernel.Update.Set, execution);
        foreach (ref var value in along.Elements)
        {
            value = -value;
        }

        RowProduct.Of(along.View, known, images.View, TileKernel.Update.Add, execution);
    }

    /// <summary>Takes over the images longer than <paramref name="least"/>, and what is left is the next to be decomposed.</summary>
    private void Take(double[] norms, double least)
    {
        int[] taken = [.. Enumerable.Range(0, norms.Length).Where(k => norms[k] > least).OrderByDescending(k => norms[k])], left = [.. Enumerable.Range(0, norms.Length).Where(k => norms[k] <= least)];
        if (taken.Length == 0)
        {
            Complete();
            return;
        }

        var first = found;
        foreach (var k in taken)
        {
            values[found] = isResolved ? norms[k] : 0;
            basis!.Row(k).CopyTo(inner.Row(found));
            Normalized(images.Row(k), norms[k], outer.Row(found));
            found++;
        }

        Straighten(outer.View.Part(first, 0, found - first, outer.Columns));
        (images, basis) = (Rows(images, left), Rows(basis!, left));
        Project(first);
    }

    private static void Normalized(ReadOnlySpan<double> x, double norm, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = x[i] / norm;
        }
    }

    /// <summary>Makes rows orthonormal that are so but for a little, each at the cost of those after it: a step of the Gram-Schmidt process for all of them at once, whose error is the square of the first.</summary>
    private void Straighten(MatrixView u)
    {
        var correction = new RowMajor(u.Rows, u.Rows);
        RowProduct.Of(u, u.Transposed, correction.View, TileKernel.Update.Set, execution);
        for (var i = 0; i < u.Rows; i++)
        {
            var row = correction.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = j < i ? -row[j] : j == i ? (1 - row[j]) / 2 : 0;
            }
        }

        var change = new RowMajor(u.Rows, u.Columns);
        RowProduct.Of(correction.View, u, change.View, TileKernel.Update.Set, execution);
        execution.ForEach(u.Rows, i =>
        {
            var (row, add) = (u.Offset + (i * u.Stride), i * u.Columns);
            for (var j = 0; j < u.Columns; j++)
            {
                u.Values[row + j] += change.Values[add + j];
            }
        });
    }

    /// <summary>What is left is zero as far as can be told: random images in its place make the vectors that complete the bases.</summary>
    private void Complete()
    {
        isResolved = false;
        var draws = new SplitMix64((ulong)found);
        foreach (ref var value in images.Elements)
        {
            value = (long)draws.Next() * (1.0 / long.MaxValue);
        }

        Project(0);
        Project(0);
    }

    private static RowMajor Rows(RowMajor from, int[] rows)
    {
        var to = new RowMajor(rows.Length, from.Columns);
        for (var k = 0; k < rows.Length; k++)
        {
            from.Row(rows[k]).CopyTo(to.Row(k));
        }

        return to;
    }

    private static RowMajor Identity(int order)
    {
        var identity = new RowMajor(order, order);
        for (var i = 0; i < order; i++)
        {
            identity.Row(i)[i] = 1;
        }

        return identity;
    }

    private (double[] Values, RowMajor Outer, RowMajor Inner) Sorted()
    {
        int[] order = [.. Enumerable.Range(0, found).OrderByDescending(k => values[k]).Take(Wanted)];
        return ([.. order.Select(k => values[k])], Rows(outer, order), Rows(inner, order));
    }
}
