using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The Gram matrix of the smaller side, G = W^T W (or W W^T where W is wide), in float64.
/// </summary>
/// <remarks>
/// W is read once, in blocks along its longer side, and never held whole. G_ij is summed over that side in ascending order, in chains of
/// <see cref="Depth"/> fused multiply-adds: |error| &lt;= (Depth + N / Depth) eps sum_k |w_ki w_kj| for N terms.
/// W and W^T give the same bits. Cost: N M^2 flops for an N x M matrix, M &lt;= N.
/// </remarks>
internal static unsafe class Gram
{
    /// <summary>The number of terms summed in registers before they are added to G.</summary>
    public const int Depth = 256;

    /// <summary>Left panels that are worked through while a right one stays in the first-level cache: with <see cref="Depth"/> columns they fill half of the second.</summary>
    private const int LeftPanels = 8;
    private const int RightPanels = 16;

    /// <summary>Columns of the next strip of a right panel that are asked for beside each left panel.</summary>
    private const int Share = Depth / LeftPanels;

    /// <summary>Computes the lower triangle of G of W / <paramref name="scale"/>, where the scale is a power of two.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static SymmetricMatrix Of(IMatrix w, double scale, Execution execution)
    {
        var gram = new SymmetricMatrix(Math.Min(w.Rows, w.Columns));
        try
        {
            using var vectors = new GramVectors(w, scale, execution);
            while (vectors.ReadNext())
            {
                Add(vectors, gram, execution);
            }

            return gram;
        }
        catch
        {
            gram.Dispose();
            throw;
        }
    }

    /// <summary>G := G + X X^T for a portion of vectors X, in pieces of left by right panels.</summary>
    private static void Add(GramVectors x, SymmetricMatrix gram, Execution execution)
    {
        var pieces = Pieces(gram.Panels);
        execution.ForEach(pieces.Count, p => AddPiece(x, gram, pieces[p].Left, pieces[p].Right, execution.Kernel));
    }

    /// <summary>Pieces on or below the diagonal.</summary>
    private static List<(int Left, int Right)> Pieces(int panels)
    {
        var pieces = new List<(int Left, int Right)>();
        for (var left = 0; left < panels; left += LeftPanels)
        {
            for (var right = 0; right < Math.Min(panels, left + LeftPanels); right += RightPanels)
            {
                pieces.Add((left, right));
            }
        }

        return pieces;
    }

    private static void AddPiece(GramVectors x, SymmetricMatrix gram, int firstLeft, int firstRight, TileKernel kernel)
    {
        var endLeft = Math.Min(firstLeft + LeftPanels, gram.Panels);
        for (var first = 0; first < x.Count; first += Depth)
        {
            var (depth, vector) = (Math.Min(Depth, x.Count - first), first * Panel.Rows);
            for (var j = firstRight; j < Math.Min(firstRight + RightPanels, endLeft); j++)
            {
                for (var column = 0; column < Panel.Rows; column += TileKernel.Columns)
                {
                    var right = x.Start(j) + vector + column;
                    var next = column + TileKernel.Columns < Panel.Rows || j + 1 == gram.Panels ? right + TileKernel.Columns : x.Start(j + 1) + vector;
                    for (var i = Math.Max(firstLeft, j); i < endLeft; i++)
                    {
                        Cache.WantParts(next + ((i - firstLeft) * Share * Panel.Rows), Panel.Rows, Share);
                        kernel.Across(TileKernel.Depth.Of(depth), x.Start(i) + vector, right, gram.Block(i, j) + (column * Panel.Rows), Panel.Rows);
                    }
                }
            }
        }
    }
}
