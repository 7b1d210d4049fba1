using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// C := C + L R^T on the lower triangle, the matrix product that all dense work here is made of.
/// </summary>
/// <remarks>
/// L and R are given as <c>depth</c> vectors, each contiguous and padded to a multiple of <see cref="SymmetricMatrix.Alignment"/>. They are
/// packed into panels; a tile of three registers by four columns is held in registers while the depth runs. Element (i, j) is the
/// fused-multiply-add chain over the depth in ascending order, started at zero and then added to C, whatever the width: the same
/// bits from every implementation.
/// </remarks>
internal abstract unsafe class SymmetricUpdate
{
    /// <summary>The width of the panels of R: columns of a register tile.</summary>
    protected const int TileColumns = 4;

    /// <summary>The widest implementation that this machine runs in hardware.</summary>
    public static SymmetricUpdate Best { get; } = OfLanes(
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1);

    /// <summary>The height of the panels of L: rows of a register tile.</summary>
    protected abstract int TileRows { get; }

    /// <summary>The implementation with 1, 2, 4 or 8 doubles a register. Each runs on every machine, in software where it must.</summary>
    public static SymmetricUpdate OfLanes(int lanes) => lanes switch
    {
        8 => new SymmetricUpdate<Register512>(),
        4 => new SymmetricUpdate<Register256>(),
        2 => new SymmetricUpdate<Register128>(),
        1 => new SymmetricUpdate<RegisterScalar>(),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, null),
    };

    /// <summary>Copies vectors into panels of L.</summary>
    public void PackLeft(double* vectors, nint stride, int length, int depth, double* packed) =>
        Pack(TileRows, vectors, stride, length, depth, packed);

    /// <summary>Copies vectors into panels of R.</summary>
    public static void PackRight(double* vectors, nint stride, int length, int depth, double* packed) =>
        Pack(TileColumns, vectors, stride, length, depth, packed);

    /// <summary>Adds the product of two packed operands of the given padded order and depth to the lower triangle of C, column-major.</summary>
    public abstract void AddLower(int paddedOrder, int depth, double* left, double* right, double* c, nint stride, CancellationToken cancellation);

    private static void Pack(int width, double* vectors, nint stride, int length, int depth, double* packed)
    {
        for (var start = 0; start < length; start += width)
        {
            for (var k = 0; k < depth; k++)
            {
                var from = vectors + (k * stride) + start;
                for (var lane = 0; lane < width; lane++)
                {
                    packed[lane] = from[lane];
                }

                packed += width;
            }
        }
    }
}

/// <summary>The update in one register width.</summary>
internal sealed unsafe class SymmetricUpdate<TRegister> : SymmetricUpdate
    where TRegister : struct, IRegister<TRegister>
{
    /// <summary>Diagonal blocks of this order are computed whole, above the diagonal too, for the kernels that read them whole.</summary>
    private const int DiagonalBlock = 8;

    protected override int TileRows => 3 * TRegister.Lanes;

    public override void AddLower(int paddedOrder, int depth, double* left, double* right, double* c, nint stride, CancellationToken cancellation)
    {
        for (var i = 0; i < paddedOrder; i += TileRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var panel = left + ((nint)i * depth);
            for (var j = 0; j < paddedOrder && (j & -DiagonalBlock) < i + TileRows; j += TileColumns)
            {
                AddTile(depth, panel, right + ((nint)j * depth), c + (j * stride) + i, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(int depth, double* l, double* r, double* c, nint stride)
    {
        TRegister c00 = TRegister.Zero, c10 = TRegister.Zero, c20 = TRegister.Zero;
        TRegister c01 = TRegister.Zero, c11 = TRegister.Zero, c21 = TRegister.Zero;
        TRegister c02 = TRegister.Zero, c12 = TRegister.Zero, c22 = TRegister.Zero;
        TRegister c03 = TRegister.Zero, c13 = TRegister.Zero, c23 = TRegister.Zero;
        for (var k = 0; k < depth; k++)
        {
            TRegister l0 = TRegister.Load(l), l1 = TRegister.Load(l + TRegister.Lanes), l2 = TRegister.Load(l + (2 * TRegister.Lanes));
            var rj = TRegister.Broadcast(r);
            c00 = TRegister.MultiplyAdd(l0, rj, c00);
            c10 = TRegister.MultiplyAdd(l1, rj, c10);
            c20 = TRegister.MultiplyAdd(l2, rj, c20);
            rj = TRegister.Broadcast(r + 1);
            c01 = TRegister.MultiplyAdd(l0, rj, c01);
            c11 = TRegister.MultiplyAdd(l1, rj, c11);
            c21 = TRegister.MultiplyAdd(l2, rj, c21);
            rj = TRegister.Broadcast(r + 2);
            c02 = TRegister.MultiplyAdd(l0, rj, c02);
            c12 = TRegister.MultiplyAdd(l1, rj, c12);
            c22 = TRegister.MultiplyAdd(l2, rj, c22);
            rj = TRegister.Broadcast(r + 3);
            c03 = TRegister.MultiplyAdd(l0, rj, c03);
            c13 = TRegister.MultiplyAdd(l1, rj, c13);
            c23 = TRegister.MultiplyAdd(l2, rj, c23);
            l += 3 * TRegister.Lanes;
            r += TileColumns;
        }

        AddColumn(c, c00, c10, c20);
        AddColumn(c + stride, c01, c11, c21);
        AddColumn(c + (2 * stride), c02, c12, c22);
        AddColumn(c + (3 * stride), c03, c13, c23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(double* c, TRegister x0, TRegister x1, TRegister x2)
    {
        TRegister.Add(TRegister.Load(c), x0).Store(c);
        TRegister.Add(TRegister.Load(c + TRegister.Lanes), x1).Store(c + TRegister.Lanes);
        TRegister.Add(TRegister.Load(c + (2 * TRegister.Lanes)), x2).Store(c + (2 * TRegister.Lanes));
    }
}
