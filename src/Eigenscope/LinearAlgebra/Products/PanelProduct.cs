using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// C := C + X Y^T for matrices in panels, cut into pieces that keep the caches busy.
/// </summary>
/// <remarks>
/// A strip of eight rows of Y stays in the first-level cache while <see cref="LeftPanels"/> panels of X, half of the second-level cache, pass by; the next
/// strip is asked for meanwhile. Every element of C is computed by one piece, so pieces may run on any thread in any order.
/// </remarks>
internal static unsafe class PanelProduct
{
    /// <summary>The number of terms summed in registers before they are added to C.</summary>
    public const int Depth = 256;

    private const int LeftPanels = 8;
    private const int RightPanels = 16;

    /// <summary>Columns of the next strip that are asked for beside each left panel.</summary>
    private const int Share = Depth / LeftPanels;

    /// <summary>
    /// Adds the product of the first <paramref name="count"/> columns of X and Y, of as many panels as are given, in chains of <see cref="Depth"/>; the first portion of a
    /// sum sets C, whatever it held.
    /// </summary>
    public static void Add(IPanels x, int left, IPanels y, int right, int count, IPanels c, bool first, Execution execution)
    {
        var rightPieces = (right + RightPanels - 1) / RightPanels;
        execution.ForEach((left + LeftPanels - 1) / LeftPanels * rightPieces, piece =>
        {
            var (i, j) = (piece / rightPieces * LeftPanels, piece % rightPieces * RightPanels);
            AddPiece(x, (i, Math.Min(i + LeftPanels, left)), y, (j, Math.Min(j + RightPanels, right)), count, c, first, lower: false, execution.Kernel);
        });
    }

    /// <summary>Adds X X^T to the lower triangle of C, diagonal blocks whole.</summary>
    public static void AddLower(IPanels x, int panels, int count, IPanels c, bool first, Execution execution)
    {
        var pieces = new List<((int, int) Left, (int, int) Right)>();
        for (var i = 0; i < panels; i += LeftPanels)
        {
            var end = Math.Min(i + LeftPanels, panels);
            for (var j = 0; j < end; j += RightPanels)
            {
                pieces.Add(((i, end), (j, Math.Min(j + RightPanels, end))));
            }
        }

        execution.ForEach(pieces.Count, p => AddPiece(x, pieces[p].Left, x, pieces[p].Right, count, c, first, lower: true, execution.Kernel));
    }

    private static void AddPiece(IPanels x, (int First, int End) left, IPanels y, (int First, int End) right, int count, IPanels c, bool first, bool lower, TileKernel kernel)
    {
        for (var k = 0; k < count; k += Depth)
        {
            var update = first && k == 0 ? TileKernel.Update.Set : TileKernel.Update.Add;
            var (depth, from) = (TileKernel.Depth.Of(Math.Min(Depth, count - k)), k * Panel.Rows);
            for (var j = right.First; j < right.End; j++)
            {
                for (var column = 0; column < Panel.Rows; column += TileKernel.Columns)
                {
                    var strip = y.Start(j) + from + column;
                    var next = column + TileKernel.Columns < Panel.Rows || j + 1 == right.End ? strip + TileKernel.Columns : y.Start(j + 1) + from;
                    for (var i = lower ? Math.Max(left.First, j) : left.First; i < left.End; i++)
                    {
                        Cache.WantParts(next + ((i - left.First) * Share * Panel.Rows), Panel.Rows, Share);
                        kernel.Across(depth, x.Start(i) + from, strip, c.Start(i) + ((nint)j * Panel.Block) + (column * Panel.Rows), Panel.Rows, update);
                    }
                }
            }
        }
    }
}
