namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The half-width of the band between the two stages of a reduction, by the order of the matrix. A wider band makes the first stage faster, since
/// its products are deeper, and the second slower.
/// </summary>
/// <remarks>
/// Measured; see docs/performance.md. One table for all vector widths and thread counts, since the width of the band decides over the last bits of the result.
/// </remarks>
internal static class BandWidth
{
    /// <summary>For the symmetric reduction.</summary>
    public static int OfSymmetric(int order) => order < 2500 ? 24 : 48;

    /// <summary>For the reduction from both sides, whose second stage works on twice the order and width.</summary>
    public static int OfBidiagonal(int columns) => columns < 2500 ? 24 : 48;
}
