using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a symmetric matrix to tridiagonal form by Householder reflections, T = Q^T A Q; Q is not kept.
/// </summary>
/// <remarks>
/// Blocked as in Dongarra, Sorensen and Hammarling (1989): a panel of <see cref="Panel"/> columns is reduced while A stays as it was at the
/// start of the panel, A_now = A - V W^T - W V^T, and then V and W are applied at matrix-product speed. With reflector H = I - tau v v^T
/// and p = tau A_now v, w = p - (tau/2)(p . v) v. Backward stable: T is exact for A + E with |E| of order n eps |A|.
/// Cost: 4/3 n^3 flops, half of them in matrix-vector products. Deterministic: one thread, sums in fixed lanes.
/// </remarks>
internal sealed unsafe class Tridiagonalization : IDisposable
{
    /// <summary>Columns a panel; a multiple of <see cref="SymmetricMatrix.Alignment"/>, so that the rest of A starts at a panel boundary.</summary>
    private const int Panel = SymmetricMatrix.Alignment;

    /// <summary>A column whose squared norm is below this is zero: A is scaled to order 1e-100 at least, so that nothing is lost.</summary>
    private const double NegligibleSquare = 1e-280;

    private readonly SymmetricMatrix a;
    private readonly SymmetricUpdate update;
    private readonly CancellationToken cancellation;
    private readonly AlignedBuffer v;
    private readonly AlignedBuffer w;
    private readonly AlignedBuffer left;
    private readonly AlignedBuffer right;
    private readonly double[] diagonal;
    private readonly double[] offDiagonal;

    private Tridiagonalization(SymmetricMatrix a, SymmetricUpdate update, CancellationToken cancellation)
    {
        (this.a, this.update, this.cancellation) = (a, update, cancellation);
        var panel = (long)Panel * a.Stride;
        (v, w) = (new AlignedBuffer(panel), new AlignedBuffer(panel));
        (left, right) = (new AlignedBuffer(panel, zeroed: false), new AlignedBuffer(panel, zeroed: false));
        diagonal = new double[a.Order];
        offDiagonal = new double[a.Order - 1];
    }

    /// <summary>Reduces <paramref name="a"/>, which is overwritten.</summary>
    public static Tridiagonal Of(SymmetricMatrix a, SymmetricUpdate update, CancellationToken cancellation)
    {
        using var reduction = new Tridiagonalization(a, update, cancellation);
        return reduction.Run();
    }

    public void Dispose()
    {
        v.Dispose();
        w.Dispose();
        left.Dispose();
        right.Dispose();
    }

    private Tridiagonal Run()
    {
        for (var start = 0; start < a.Order; start += Panel)
        {
            v.Clear();
            w.Clear();
            var columns = Math.Min(Panel, a.Order - start);
            for (var j = 0; j < columns; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                ReduceColumn(start + j, j);
            }

            if (start + columns < a.Order)
            {
                UpdateRest(start + columns);
            }
        }

        return new Tridiagonal(diagonal, offDiagonal);
    }

    /// <summary>Brings column c up to date, reflects what is below its subdiagonal to zero, and forms v_j and w_j.</summary>
    private void ReduceColumn(int c, int j)
    {
        var column = Column(c);
        var from = Lanes.Floor(c);
        for (var t = 0; t < j; t++)
        {
            Lanes.AddScaled(-W(t)[c], V(t) + from, -V(t)[c], W(t) + from, column + from, a.Stride - from);
        }

        diagonal[c] = column[c];
        if (c == a.Order - 1)
        {
            return;
        }

        var tau = Reflect(column, c + 1, V(j), out offDiagonal[c]);
        if (tau != 0)
        {
            FormW(c + 1, j, tau);
        }
    }

    /// <summary>v with v[first] = 1 and tau such that (I - tau v v^T) x = beta e_first for x = column[first..]; tau is 0 where x needs none.</summary>
    private double Reflect(double* column, int first, double* vj, out double beta)
    {
        var (length, from) = (a.Stride - Lanes.Floor(first), Lanes.Floor(first));
        new ReadOnlySpan<double>(column + first + 1, a.Order - first - 1).CopyTo(new Span<double>(vj + first + 1, a.Order - first - 1));
        var below = Lanes.Dot(vj + from, vj + from, length);
        var alpha = column[first];
        if (below < NegligibleSquare)
        {
            new Span<double>(vj + first + 1, a.Order - first - 1).Clear();
            beta = alpha;
            return 0;
        }

        beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + below), alpha);
        Lanes.Scale(1 / (alpha - beta), vj + from, length);
        vj[first] = 1;
        return (beta - alpha) / beta;
    }

    private void FormW(int first, int j, double tau)
    {
        var from = Lanes.Floor(first);
        var length = a.Stride - from;
        double* vj = V(j), wj = W(j);
        MultiplyRest(from, vj, wj);
        new Span<double>(wj + from, first - from).Clear();
        for (var t = 0; t < j; t++)
        {
            var (wv, vv) = (Lanes.Dot(W(t) + from, vj + from, length), Lanes.Dot(V(t) + from, vj + from, length));
            Lanes.AddScaled(-wv, V(t) + from, -vv, W(t) + from, wj + from, length);
        }

        new Span<double>(wj + from, first - from).Clear();
        Lanes.Scale(tau, wj + from, length);
        Lanes.AddScaled(-0.5 * tau * Lanes.Dot(wj + from, vj + from, length), vj + from, wj + from, length);
    }

    /// <summary>y := A x over the rows and columns from <paramref name="from"/> on, reading the lower triangle once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRest(int from, double* x, double* y)
    {
        for (var j = from; j < a.Stride; j += Lanes.Count)
        {
            MultiplyDiagonalBlock(j, x, y);
            MultiplyBelow(j, j + Lanes.Count, x, y);
            MultiplyBelow(j + 4, j + Lanes.Count, x, y);
        }
    }

    private void MultiplyDiagonalBlock(int j, double* x, double* y)
    {
        var sum = Vector512.Load(y + j);
        for (var k = j; k < j + Lanes.Count; k++)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(Column(k) + j), Vector512.Create(x[k]), sum);
        }

        sum.Store(y + j);
    }

    /// <summary>Four columns from <paramref name="j"/>, rows from <paramref name="first"/>: both the product and its mirror image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyBelow(int j, int first, double* x, double* y)
    {
        double* a0 = Column(j), a1 = Column(j + 1), a2 = Column(j + 2), a3 = Column(j + 3);
        var (x0, x1, x2, x3) = (Vector512.Create(x[j]), Vector512.Create(x[j + 1]), Vector512.Create(x[j + 2]), Vector512.Create(x[j + 3]));
        Vector512<double> d0 = default, d1 = default, d2 = default, d3 = default;
        for (var i = first; i < a.Stride; i += Lanes.Count)
        {
            var (xi, yi) = (Vector512.Load(x + i), Vector512.Load(y + i));
            var aij = Vector512.Load(a0 + i);
            d0 = Vector512.FusedMultiplyAdd(aij, xi, d0);
            yi = Vector512.FusedMultiplyAdd(aij, x0, yi);
            aij = Vector512.Load(a1 + i);
            d1 = Vector512.FusedMultiplyAdd(aij, xi, d1);
            yi = Vector512.FusedMultiplyAdd(aij, x1, yi);
            aij = Vector512.Load(a2 + i);
            d2 = Vector512.FusedMultiplyAdd(aij, xi, d2);
            yi = Vector512.FusedMultiplyAdd(aij, x2, yi);
            aij = Vector512.Load(a3 + i);
            d3 = Vector512.FusedMultiplyAdd(aij, xi, d3);
            yi = Vector512.FusedMultiplyAdd(aij, x3, yi);
            yi.Store(y + i);
        }

        y[j] += Lanes.Sum(d0);
        y[j + 1] += Lanes.Sum(d1);
        y[j + 2] += Lanes.Sum(d2);
        y[j + 3] += Lanes.Sum(d3);
    }

    /// <summary>A := A - V W^T - W V^T from row and column <paramref name="start"/> on.</summary>
    private void UpdateRest(int start)
    {
        var length = a.Stride - start;
        update.PackLeft(V(0) + start, a.Stride, length, Panel, left.Pointer);
        SymmetricUpdate.PackRight(W(0) + start, a.Stride, length, Panel, right.Pointer);
        Lanes.Scale(-1, left.Pointer, length * Panel);
        update.AddLower(length, Panel, left.Pointer, right.Pointer, Column(start) + start, a.Stride, cancellation);
        update.PackLeft(W(0) + start, a.Stride, length, Panel, left.Pointer);
        SymmetricUpdate.PackRight(V(0) + start, a.Stride, length, Panel, right.Pointer);
        Lanes.Scale(-1, left.Pointer, length * Panel);
        update.AddLower(length, Panel, left.Pointer, right.Pointer, Column(start) + start, a.Stride, cancellation);
    }

    private double* Column(int j) => a.Values + ((nint)j * a.Stride);

    private double* V(int j) => v.Pointer + ((nint)j * a.Stride);

    private double* W(int j) => w.Pointer + ((nint)j * a.Stride);
}
