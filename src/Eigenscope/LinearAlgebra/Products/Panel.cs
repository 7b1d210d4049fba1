namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The layout that all dense work here uses: a matrix is cut into panels of 24 rows, and a panel holds its columns one after another, so
/// that element (i, j) of a panel lies at <c>24 j + i</c>.
/// </summary>
/// <remarks>
/// 24 is a multiple of three registers of every vector width, so a panel is the left operand of <see cref="TileKernel"/> as it is; its
/// elements can also be broadcast one by one, so it is the right operand too, by rows or by columns. Nothing is ever packed twice.
/// </remarks>
internal static class Panel
{
    /// <summary>Rows of a panel.</summary>
    public const int Rows = 24;

    /// <summary>Doubles in a square block of a panel, <see cref="Rows"/> columns wide.</summary>
    public const int Block = Rows * Rows;

    /// <summary>The number of panels that hold <paramref name="length"/> rows.</summary>
    public static int Count(int length) => (length + Rows - 1) / Rows;

    /// <summary>A length rounded up to whole panels.</summary>
    public static int Padded(int length) => Count(length) * Rows;
}
