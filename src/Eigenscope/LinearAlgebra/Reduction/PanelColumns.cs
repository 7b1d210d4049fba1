using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Operations on columns of a matrix in panels of 24 rows: a column is 24 doubles in each panel, the panels <c>step</c> doubles apart. Sums run in the eight
/// lanes of <see cref="Lanes"/>, and are pairwise over <see cref="Chain"/> panels at most: the rounding errors of a chain over equal elements all have one sign,
/// so that a long chain loses as many eps as it is long.
/// </summary>
internal static unsafe class PanelColumns
{
    /// <summary>Columns on either side of <see cref="Dots"/>.</summary>
    public const int DotTile = 4;

    /// <summary>The most panels that are summed one after another.</summary>
    private const int Chain = 16;

    private const int Rows = Panel.Rows;

    /// <summary>x . y</summary>
    public static double Dot(double* x, nint xStep, double* y, nint yStep, int panels)
    {
        if (panels <= Chain)
        {
            return DotChain(x, xStep, y, yStep, panels);
        }

        var half = panels / 2;
        return Dot(x, xStep, y, yStep, half) + Dot(x + (half * xStep), xStep, y + (half * yStep), yStep, panels - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DotChain(double* x, nint xStep, double* y, nint yStep, int panels)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default;
        for (var p = 0; p < panels; p++, x += xStep, y += yStep)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.Load(x), Vector512.Load(y), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 8), Vector512.Load(y + 8), s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Load(x + 16), Vector512.Load(y + 16), s2);
        }

        return Lanes.Sum(s0 + s1 + s2);
    }

    /// <summary>y := a x + y</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double a, double* x, nint xStep, double* y, nint yStep, int panels)
    {
        var factor = Vector512.Create(a);
        for (var p = 0; p < panels; p++, x += xStep, y += yStep)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(x), Vector512.Load(y)).Store(y);
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(x + 8), Vector512.Load(y + 8)).Store(y + 8);
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(x + 16), Vector512.Load(y + 16)).Store(y + 16);
        }
    }

    /// <summary>y := a x</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double a, double* x, nint xStep, double* y, nint yStep, int panels)
    {
        for (var p = 0; p < panels; p++, x += xStep, y += yStep)
        {
            (Vector512.Load(x) * a).Store(y);
            (Vector512.Load(x + 8) * a).Store(y + 8);
            (Vector512.Load(x + 16) * a).Store(y + 16);
        }
    }

    /// <summary>products[24 j + i] := x_i . y_j for four neighbouring columns on either side.</summary>
    public static void Dots(double* x, nint xStep, double* y, nint yStep, int panels, double* products)
    {
        if (panels <= Chain)
        {
            DotChains(x, xStep, y, yStep, panels, products);
            return;
        }

        var half = panels / 2;
        var second = stackalloc double[DotTile * Rows];
        Dots(x, xStep, y, yStep, half, products);
        Dots(x + (half * xStep), xStep, y + (half * yStep), yStep, panels - half, second);
        for (var j = 0; j < DotTile; j++)
        {
            for (var i = 0; i < DotTile; i++)
            {
                products[(j * Rows) + i] += second[(j * Rows) + i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotChains(double* x, nint xStep, double* y, nint yStep, int panels, double* products)
    {
        Vector512<double> s00 = default, s10 = default, s20 = default, s30 = default, s01 = default, s11 = default, s21 = default, s31 = default;
        Vector512<double> s02 = default, s12 = default, s22 = default, s32 = default, s03 = default, s13 = default, s23 = default, s33 = default;
        for (var p = 0; p < panels; p++, x += xStep, y += yStep)
        {
            for (var i = 0; i < Rows; i += Lanes.Count)
            {
                var (x0, x1) = (Vector512.Load(x + i), Vector512.Load(x + Rows + i));
                var (x2, x3) = (Vector512.Load(x + (2 * Rows) + i), Vector512.Load(x + (3 * Rows) + i));
                var yj = Vector512.Load(y + i);
                s00 = Vector512.FusedMultiplyAdd(x0, yj, s00);
                s10 = Vector512.FusedMultiplyAdd(x1, yj, s10);
                s20 = Vector512.FusedMultiplyAdd(x2, yj, s20);
                s30 = Vector512.FusedMultiplyAdd(x3, yj, s30);
                yj = Vector512.Load(y + Rows + i);
                s01 = Vector512.FusedMultiplyAdd(x0, yj, s01);
                s11 = Vector512.FusedMultiplyAdd(x1, yj, s11);
                s21 = Vector512.FusedMultiplyAdd(x2, yj, s21);
                s31 = Vector512.FusedMultiplyAdd(x3, yj, s31);
                yj = Vector512.Load(y + (2 * Rows) + i);
                s02 = Vector512.FusedMultiplyAdd(x0, yj, s02);
                s12 = Vector512.FusedMultiplyAdd(x1, yj, s12);
                s22 = Vector512.FusedMultiplyAdd(x2, yj, s22);
                s32 = Vector512.FusedMultiplyAdd(x3, yj, s32);
                yj = Vector512.Load(y + (3 * Rows) + i);
                s03 = Vector512.FusedMultiplyAdd(x0, yj, s03);
                s13 = Vector512.FusedMultiplyAdd(x1, yj, s13);
                s23 = Vector512.FusedMultiplyAdd(x2, yj, s23);
                s33 = Vector512.FusedMultiplyAdd(x3, yj, s33);
            }
        }

        Store(products, s00, s10, s20, s30);
        Store(products + Rows, s01, s11, s21, s31);
        Store(products + (2 * Rows), s02, s12, s22, s32);
        Store(products + (3 * Rows), s03, s13, s23, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* to, Vector512<double> s0, Vector512<double> s1, Vector512<double> s2, Vector512<double> s3) =>
        (to[0], to[1], to[2], to[3]) = (Lanes.Sum(s0), Lanes.Sum(s1), Lanes.Sum(s2), Lanes.Sum(s3));
}
