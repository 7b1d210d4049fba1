using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.LinearAlgebra;

/// <summary>The tile whole in twenty-four registers, for machines with thirty-two of eight doubles.</summary>
internal sealed unsafe class WideTileKernel : TileKernel
{
    public override void Across(Depth depth, double* l, double* r, double* c, nint stride, Update update = Update.Add) =>
        Multiply<AcrossSteps>(depth.Runs, depth.Length, depth.Jump, depth.Growth, l, r, c, stride, update);

    public override void Along(Depth depth, double* l, double* r, double* c, nint stride, Update update = Update.Add) =>
        Multiply<AlongSteps>(depth.Runs, depth.Length, depth.Jump, depth.Growth, l, r, c, stride, update);

    /// <summary>
    /// The accumulators stay in registers only where nothing is called while they live, so the depth comes in pieces; and what inlines this into a caller, as a profile may advise, leaves no room to inline
    /// the loads and sums.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TSteps>(int runs, int length, nint jump, nint growth, double* l, double* r, double* c, nint stride, Update update)
        where TSteps : struct, IOperandSteps
    {
        Cache.WantColumns(c, stride, Columns);
        Vector512<double> c00 = default, c10 = default, c20 = default;
        Vector512<double> c01 = default, c11 = default, c21 = default;
        Vector512<double> c02 = default, c12 = default, c22 = default;
        Vector512<double> c03 = default, c13 = default, c23 = default;
        Vector512<double> c04 = default, c14 = default, c24 = default;
        Vector512<double> c05 = default, c15 = default, c25 = default;
        Vector512<double> c06 = default, c16 = default, c26 = default;
        Vector512<double> c07 = default, c17 = default, c27 = default;
        for (var run = 0; run < runs; run++)
        {
            var next = r + jump;
            for (var k = 0; k < length; k++)
            {
                Vector512<double> l0 = Vector512.Load(l), l1 = Vector512.Load(l + 8), l2 = Vector512.Load(l + 16);
                var x = Vector512.Create(*r);
                c00 = Vector512.FusedMultiplyAdd(l0, x, c00);
                c10 = Vector512.FusedMultiplyAdd(l1, x, c10);
                c20 = Vector512.FusedMultiplyAdd(l2, x, c20);
                x = Vector512.Create(*(r + TSteps.Column));
                c01 = Vector512.FusedMultiplyAdd(l0, x, c01);
                c11 = Vector512.FusedMultiplyAdd(l1, x, c11);
                c21 = Vector512.FusedMultiplyAdd(l2, x, c21);
                x = Vector512.Create(*(r + (2 * TSteps.Column)));
                c02 = Vector512.FusedMultiplyAdd(l0, x, c02);
                c12 = Vector512.FusedMultiplyAdd(l1, x, c12);
                c22 = Vector512.FusedMultiplyAdd(l2, x, c22);
                x = Vector512.Create(*(r + (3 * TSteps.Column)));
                c03 = Vector512.FusedMultiplyAdd(l0, x, c03);
                c13 = Vector512.FusedMultiplyAdd(l1, x, c13);
                c23 = Vector512.FusedMultiplyAdd(l2, x, c23);
                x = Vector512.Create(*(r + (4 * TSteps.Column)));
                c04 = Vector512.FusedMultiplyAdd(l0, x, c04);
                c14 = Vector512.FusedMultiplyAdd(l1, x, c14);
                c24 = Vector512.FusedMultiplyAdd(l2, x, c24);
                x = Vector512.Create(*(r + (5 * TSteps.Column)));
                c05 = Vector512.FusedMultiplyAdd(l0, x, c05);
                c15 = Vector512.FusedMultiplyAdd(l1, x, c15);
                c25 = Vector512.FusedMultiplyAdd(l2, x, c25);
                x = Vector512.Create(*(r + (6 * TSteps.Column)));
                c06 = Vector512.FusedMultiplyAdd(l0, x, c06);
                c16 = Vector512.FusedMultiplyAdd(l1, x, c16);
                c26 = Vector512.FusedMultiplyAdd(l2, x, c26);
                x = Vector512.Create(*(r + (7 * TSteps.Column)));
                c07 = Vector512.FusedMultiplyAdd(l0, x, c07);
                c17 = Vector512.FusedMultiplyAdd(l1, x, c17);
                c27 = Vector512.FusedMultiplyAdd(l2, x, c27);
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
                Add(c + (4 * stride), c04, c14, c24);
                Add(c + (5 * stride), c05, c15, c25);
                Add(c + (6 * stride), c06, c16, c26);
                Add(c + (7 * stride), c07, c17, c27);
                break;
            case Update.Subtract:
                Subtract(c, c00, c10, c20);
                Subtract(c + stride, c01, c11, c21);
                Subtract(c + (2 * stride), c02, c12, c22);
                Subtract(c + (3 * stride), c03, c13, c23);
                Subtract(c + (4 * stride), c04, c14, c24);
                Subtract(c + (5 * stride), c05, c15, c25);
                Subtract(c + (6 * stride), c06, c16, c26);
                Subtract(c + (7 * stride), c07, c17, c27);
                break;
            default:
                Set(c, c00, c10, c20);
                Set(c + stride, c01, c11, c21);
                Set(c + (2 * stride), c02, c12, c22);
                Set(c + (3 * stride), c03, c13, c23);
                Set(c + (4 * stride), c04, c14, c24);
                Set(c + (5 * stride), c05, c15, c25);
                Set(c + (6 * stride), c06, c16, c26);
                Set(c + (7 * stride), c07, c17, c27);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* c, Vector512<double> x0, Vector512<double> x1, Vector512<double> x2)
    {
        (Vector512.Load(c) + x0).Store(c);
        (Vector512.Load(c + 8) + x1).Store(c + 8);
        (Vector512.Load(c + 16) + x2).Store(c + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* c, Vector512<double> x0, Vector512<double> x1, Vector512<double> x2)
    {
        (Vector512.Load(c) - x0).Store(c);
        (Vector512.Load(c + 8) - x1).Store(c + 8);
        (Vector512.Load(c + 16) - x2).Store(c + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(double* c, Vector512<double> x0, Vector512<double> x1, Vector512<double> x2)
    {
        x0.Store(c);
        x1.Store(c + 8);
        x2.Store(c + 16);
    }
}
