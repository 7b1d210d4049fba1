using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>Singular triplets of several matrices of one shape, one after another.</summary>
/// <param name="Values">Their singular values.</param>
/// <param name="Left">Their left vectors, one a row.</param>
/// <param name="Right">Their right vectors, one a row.</param>
internal sealed record TripletStack(double[] Values, RowMajor Left, RowMajor Right)
{
    /// <summary>The number of triplets.</summary>
    public int Count => Values.Length;

    /// <summary>The leading triplets of each matrix.</summary>
    public static TripletStack Of(IReadOnlyList<SingularVectors> decomposed, IReadOnlyList<int> ranks)
    {
        var count = ranks.Sum();
        var stack = new TripletStack(
            [.. decomposed.SelectMany((vectors, i) => vectors.Values.Take(ranks[i]))], new RowMajor(count, decomposed[0].Left.Columns), new RowMajor(count, decomposed[0].Right.Columns));
        var row = 0;
        for (var i = 0; i < ranks.Count; i++)
        {
            for (var k = 0; k < ranks[i]; k++, row++)
            {
                decomposed[i].Left.Row(k).CopyTo(stack.Left.Row(row));
                decomposed[i].Right.Row(k).CopyTo(stack.Right.Row(row));
            }
        }

        return stack;
    }

    /// <summary>U diag(x) V^T with the nearest orthonormal vectors in the place of both sides.</summary>
    /// <returns>The product, and the number of directions that the side of fewer has.</returns>
    public (RowMajor Product, int Rank) Orthonormalized(double[] factors, bool isGuarded, Execution execution)
    {
        var (left, leftRank) = PolarFactor.Of(Left, isGuarded, execution);
        var (right, rightRank) = PolarFactor.Of(Right, isGuarded, execution);
        for (var k = 0; k < Count; k++)
        {
            foreach (ref var value in left.Row(k))
            {
                value *= factors[k];
            }
        }

        var product = new RowMajor(left.Columns, right.Columns);
        RowProduct.Of(left.View.Transposed, right.View, product.View, TileKernel.Update.Set, execution);
        return (product, Math.Min(leftRank, rightRank));
    }

    /// <summary>The sum of the magnitudes of (U^T U - I) S (V^T V - I): what the triplets of different matrices have in common, 0 where all are orthogonal.</summary>
    public double Interference(Execution execution)
    {
        var (left, right, product) = (Overlaps(Left, execution), Overlaps(Right, execution), new RowMajor(Count, Count));
        for (var k = 0; k < Count; k++)
        {
            foreach (ref var value in right.Row(k))
            {
                value *= Values[k];
            }
        }

        RowProduct.Of(left.View, right.View, product.View, TileKernel.Update.Set, execution);
        var sum = 0.0;
        foreach (var value in product.Elements)
        {
            sum += Math.Abs(value);
        }

        return sum;
    }

    private static RowMajor Overlaps(RowMajor rows, Execution execution)
    {
        var overlaps = new RowMajor(rows.Rows, rows.Rows);
        RowProduct.Of(rows.View, rows.View.Transposed, overlaps.View, TileKernel.Update.Set, execution);
        for (var k = 0; k < rows.Rows; k++)
        {
            overlaps.Row(k)[k] -= 1;
        }

        return overlaps;
    }
}
