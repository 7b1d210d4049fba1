using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// C := C + L R, C - L R or L R for a tile C of 24 rows and 8 columns: the product that all dense work here is made of.
/// </summary>
/// <remarks>
/// L is a panel (see <see cref="Panel"/>): depth step k reads its column k. R is read by broadcasts from a panel, either
/// across (depth step k is a column of the panel, and the columns of C are eight of its rows) or along (depth step k is a row of the panel, and
/// the columns of C are eight of its columns). Element (i, j) of the product is one chain of fused multiply-adds in one lane over
/// the depth in ascending order, started at zero and then added to C (or taken from it, or put in its place), whatever the width: the same bits from every implementation.
/// </remarks>
internal abstract unsafe class TileKernel
{
    /// <summary>Columns of a tile.</summary>
    public const int Columns = 8;

    /// <summary>Doubles in a tile whose columns lie <see cref="Panel.Rows"/> apart.</summary>
    public const int Tile = Panel.Rows * Columns;

    /// <summary>The widest implementation that this machine runs in hardware.</summary>
    public static TileKernel Best { get; } = OfLanes(
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1);

    /// <summary>The implementation with 1, 2, 4 or 8 doubles a register. Each runs on every machine, in software where it must.</summary>
    public static TileKernel OfLanes(int lanes) => lanes switch
    {
        8 => new WideTileKernel(),
        4 => new NarrowTileKernel<Register256>(),
        2 => new NarrowTileKernel<Register128>(),
        1 => new NarrowTileKernel<RegisterScalar>(),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, null),
    };

    /// <summary>The product with R across a panel.</summary>
    /// <param name="depth">Where R's columns lie.</param>
    /// <param name="l">The panel L, as many columns as the whole depth, one after another.</param>
    /// <param name="r">The first of eight consecutive rows of R's panel.</param>
    /// <param name="c">The tile.</param>
    /// <param name="stride">The distance of the tile's columns.</param>
    /// <param name="update">What becomes of C.</param>
    public abstract void Across(Depth depth, double* l, double* r, double* c, nint stride, Update update = Update.Add);

    /// <summary>The product with R along panels: <paramref name="r"/> is the first of eight consecutive columns.</summary>
    public abstract void Along(Depth depth, double* l, double* r, double* c, nint stride, Update update = Update.Add);

    /// <summary>What becomes of a tile C.</summary>
    internal enum Update
    {
        /// <summary>C + L R.</summary>
        Add,

        /// <summary>C - L R.</summary>
        Subtract,

        /// <summary>L R, whatever C held.</summary>
        Set,
    }

    /// <summary>The depth of a product: runs of equal length, between which the right operand jumps.</summary>
    /// <param name="Runs">The number of runs.</param>
    /// <param name="Length">Depth steps in a run; a whole panel's 24 rows where R lies along panels.</param>
    /// <param name="Jump">From the start of the first run to the start of the second, in doubles.</param>
    /// <param name="Growth">What each further jump is longer by.</param>
    internal readonly record struct Depth(int Runs, int Length, nint Jump = 0, nint Growth = 0)
    {
        /// <summary>One run.</summary>
        public static Depth Of(int length) => new(1, length);

        /// <summary>The rows of panels at equal distances.</summary>
        public static Depth OfPanels(int panels, nint distance) => new(panels, Panel.Rows, distance);
    }
}

/// <summary>How the right operand steps through memory.</summary>
internal interface IOperandSteps
{
    /// <summary>The distance of depth steps.</summary>
    static abstract nint Depth { get; }

    /// <summary>The distance of the columns of C.</summary>
    static abstract nint Column { get; }
}

/// <summary>Depth steps are the columns of a panel.</summary>
internal readonly struct AcrossSteps : IOperandSteps
{
    public static nint Depth => Panel.Rows;

    public static nint Column => 1;
}

/// <summary>Depth steps are the rows of a panel.</summary>
internal readonly struct AlongSteps : IOperandSteps
{
    public static nint Depth => 1;

    public static nint Column => Panel.Rows;
}
