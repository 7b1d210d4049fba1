using System.Runtime.CompilerServices;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>The tile in pieces of three registers by four columns, for machines with sixteen registers.</summary>
internal sealed unsafe class NarrowTileKernel<TRegister> : TileKernel
    where TRegister : struct, IRegister<TRegister>
{
    private const int PieceColumns = 4;

    private static int PieceRows => 3 * TRegister.Lanes;

    public override void Across(Depth depth, double* l, double* r, double* c, nint stride, Update update = Update.Add) =>
        MultiplyPieces<AcrossSteps>(depth, l, r, c, stride, update);

    public override void Along(Depth depth, double* l, double* r, double* c, nint stride, Update update = Update.Add) =>
        MultiplyPieces<AlongSteps>(depth, l, r, c, stride, update);

    private static void MultiplyPieces<TSteps>(Depth depth, double* l, double* r, double* c, nint stride, Update update)
        where TSteps : struct, IOperandSteps
    {
        for (var i = 0; i < Panel.Rows; i += PieceRows)
        {
            for (var j = 0; j < Columns; j += PieceColumns)
            {
                Multiply<TSteps>(depth.Runs, depth.Length, depth.Jump, depth.Growth, l + i, r + (j * TSteps.Column), c + (j * stride) + i, stride, update);
            }
        }
    }

    /// <summary>
    /// The accumulators stay in registers only where nothing is called while they live, so the depth comes in pieces; and what inlines this into a caller, as a profile may advise, leaves no room to inline
    /// the loads and sums.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TSteps>(int runs, int length, nint jump, nint growth, double* l, double* r, double* c, nint stride, Update update)
        where TSteps : struct, IOperandSteps
    {
        TRegister c00 = TRegister.Zero, c10 = TRegister.Zero, c20 = TRegister.Zero;
        TRegister c01 = TRegister.Zero, c11 = TRegister.Zero, c21 = TRegister.Zero;
        TRegister c02 = TRegister.Zero, c12 = TRegister.Zero, c22 = TRegister.Zero;
        TRegister c03 = TRegister.Zero, c13 = TRegister.Zero, c23 = TRegister.Zero;
        for (var run = 0; run < runs; run++)
        {
            var next = r + jump;
            for (var k = 0; k < length; k++)
            {
                TRegister l0 = TRegister.Load(l), l1 = TRegister.Load(l + TRegister.Lanes), l2 = TRegister.Load(l + (2 * TRegister.Lanes));
                var x = TRegister.Broadcast(r);
                c00 = TRegister.MultiplyAdd(l0, x, c00);
                c10 = TRegister.MultiplyAdd(l1, x, c10);
                c20 = TRegister.MultiplyAdd(l2, x, c20);
                x = TRegister.Broadcast(r + TSteps.Column);
                c01 = TRegister.MultiplyAdd(l0, x, c01);
                c11 = TRegister.MultiplyAdd(l1, x, c11);
                c21 = TRegister.MultiplyAdd(l2, x, c21);
                x = TRegister.Broadcast(r + (2 * TSteps.Column));
                c02 = TRegister.MultiplyAdd(l0, x, c02);
                c12 = TRegister.MultiplyAdd(l1, x, c12);
                c22 = TRegister.MultiplyAdd(l2, x, c22);
                x = TRegister.Broadcast(r + (3 * TSteps.Column));
                c03 = TRegister.MultiplyAdd(l0, x, c03);
                c13 = TRegister.MultiplyAdd(l1, x, c13);
                c23 = TRegister.MultiplyAdd(l2, x, c23);
                l += Panel.Rows;
                r += TSteps.Depth;
            }

            r = next;
            jump += growth;
        }

        switch (update)
        {
            case Update.Add:
                Add(c, c00, c10, c20);
                Add(c + stride, c01, c11, c21);
                Add(c + (2 * stride), c02, c12, c22);
                Add(c + (3 * stride), c03, c13, c23);
                break;
            case Update.Subtract:
                Subtract(c, c00, c10, c20);
                Subtract(c + stride, c01, c11, c21);
                Subtract(c + (2 * stride), c02, c12, c22);
                Subtract(c + (3 * stride), c03, c13, c23);
                break;
            default:
                Set(c, c00, c10, c20);
                Set(c + stride, c01, c11, c21);
                Set(c + (2 * stride), c02, c12, c22);
                Set(c + (3 * stride), c03, c13, c23);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* c, TRegister x0, TRegister x1, TRegister x2)
    {
        TRegister.Add(TRegister.Load(c), x0).Store(c);
        TRegister.Add(TRegister.Load(c + TRegister.Lanes), x1).Store(c + TRegister.Lanes);
        TRegister.Add(TRegister.Load(c + (2 * TRegister.Lanes)), x2).Store(c + (2 * TRegister.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* c, TRegister x0, TRegister x1, TRegister x2)
    {
        TRegister.Subtract(TRegister.Load(c), x0).Store(c);
        TRegister.Subtract(TRegister.Load(c + TRegister.Lanes), x1).Store(c + TRegister.Lanes);
        TRegister.Subtract(TRegister.Load(c + (2 * TRegister.Lanes)), x2).Store(c + (2 * TRegister.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(double* c, TRegister x0, TRegister x1, TRegister x2)
    {
        x0.Store(c);
        x1.Store(c + TRegister.Lanes);
        x2.Store(c + (2 * TRegister.Lanes));
    }
}
