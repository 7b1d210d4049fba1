using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>Singular values and vectors of a sum of products s B A, or of such products side by side, from their factors: no matrix of the full size is formed.</summary>
/// <remarks>
/// With B = U_B C_B of all B side by side and A = C_A V_A of all s A one above another, U_B and V_A orthonormal, the singular values of B A are those of C_B C_A, whose order is the sum of the ranks.
/// The result has that many values at most, to an error of n eps |B| |A|.
/// </remarks>
internal static class FactoredVectors
{
    /// <summary>Decomposes the changes.</summary>
    /// <param name="changes">The changes, all of one shape.</param>
    /// <param name="stacked">True for [s_1 B_1 A_1 | s_2 B_2 A_2 | ...]; false for their sum.</param>
    /// <param name="execution">How the work is done.</param>
    public static SingularVectors Of(IReadOnlyList<LowRankChange> changes, bool stacked, Execution execution)
    {
        var (up, down) = (SingularVectors.Of(Up(changes), execution), SingularVectors.Of(Down(changes, stacked), execution));
        var between = new RowMajor(up.Count, down.Count);
        RowProduct.Of(up.Right.View, down.Left.View.Transposed, between.View, TileKernel.Update.Set, execution);
        for (var i = 0; i < between.Rows; i++)
        {
            for (var j = 0; j < between.Columns; j++)
            {
                between.Row(i)[j] *= up.Values[i] * down.Values[j];
            }
        }

        return SingularVectors.Of(between, execution).Between(up.Left, down.Right, execution);
    }

    private static RowMajor Up(IReadOnlyList<LowRankChange> changes)
    {
        var up = new RowMajor(changes[0].Up.Rows, changes.Sum(change => change.Up.Columns));
        for (var row = 0; row < up.Rows; row++)
        {
            var column = 0;
            foreach (var b in changes.Select(change => change.Up))
            {
                b.Read(row, 0, 1, b.Columns, up.Row(row)[column..], up.Columns);
                column += b.Columns;
            }
        }

        return up;
    }

    private static RowMajor Down(IReadOnlyList<LowRankChange> changes, bool stacked)
    {
        var columns = changes[0].Down.Columns;
        var down = new RowMajor(changes.Sum(change => change.Down.Rows), stacked ? checked(changes.Count * columns) : columns);
        var row = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var (a, scale) = (changes[i].Down, changes[i].Scale);
            for (var k = 0; k < a.Rows; k++, row++)
            {
                var to = down.Row(row).Slice(stacked ? i * columns : 0, columns);
                a.Read(k, 0, 1, columns, to, columns);
                foreach (ref var value in to)
                {
                    value *= scale;
                }
            }
        }

        return down;
    }
}
