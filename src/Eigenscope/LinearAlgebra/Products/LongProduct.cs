namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A tile of a product over many panels, such as V^T A: chains over a few panels each, whose sum carries along what its own rounding loses.
/// </summary>
/// <remarks>
/// The rounding errors of a chain over equal rows all have one sign, so that one chain over n rows loses n eps / 4 or so. Here the loss is
/// that of <see cref="Chain"/> panels, however many there are (compensated summation: Ogita, Rump and Oishi 2005, algorithm 4.1, with chains as its terms).
/// </remarks>
internal static unsafe class LongProduct
{
    /// <summary>The panels of a chain.</summary>
    public const int Chain = 4;

    /// <summary>sum := sum + L R for at most <see cref="Chain"/> panels of R, which lie along the depth; <paramref name="lost"/> keeps what rounding takes from the sum.</summary>
    public static void Add(TileKernel kernel, TileKernel.Depth depth, double* l, double* r, double* sum, double* lost)
    {
        var chain = stackalloc double[TileKernel.Tile];
        kernel.Along(depth, l, r, chain, Panel.Rows, TileKernel.Update.Set);
        Lanes.AddKeepingLoss(chain, sum, lost, TileKernel.Tile);
    }
}
