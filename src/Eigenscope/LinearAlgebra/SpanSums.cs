using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>What is done with rows of any length, in eight fixed lanes and a tail: the same bits for every width.</summary>
internal static class SpanSums
{
    /// <summary>The sum of all x_i: those of each lane first, then the lanes (<see cref="Lanes.Sum"/>), then the tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> x)
    {
        Vector512<double> lanes = default;
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            lanes += Vector512.Create(x[i..]);
        }

        var sum = Lanes.Sum(lanes);
        for (; i < x.Length; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    /// <summary>The place of the largest of some numbers; the first of several, and that of the first NaN where there is one.</summary>
    public static int Largest(ReadOnlySpan<double> x)
    {
        var at = 0;
        for (var i = 1; i < x.Length && !double.IsNaN(x[at]); i++)
        {
            at = x[i] > x[at] || double.IsNaN(x[i]) ? i : at;
        }

        return at;
    }

    /// <summary>y := x + y</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<double> x, Span<double> y)
    {
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            (Vector512.Create<double>(y[i..]) + Vector512.Create(x[i..])).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] += x[i];
        }
    }

    /// <summary>y := x y, element by element</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            (Vector512.Create<double>(y[i..]) * Vector512.Create(x[i..])).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] *= x[i];
        }
    }

    /// <summary>z := x y + z, element by element</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> z)
    {
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector512.FusedMultiplyAdd(Vector512.Create(x[i..]), Vector512.Create(y[i..]), Vector512.Create<double>(z[i..])).CopyTo(z[i..]);
        }

        for (; i < x.Length; i++)
        {
            z[i] = Math.FusedMultiplyAdd(x[i], y[i], z[i]);
        }
    }

    /// <summary>y := a x + b, element by element</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(double a, ReadOnlySpan<double> x, double b, Span<double> y)
    {
        var (scale, shift) = (Vector512.Create(a), Vector512.Create(b));
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector512.FusedMultiplyAdd(scale, Vector512.Create(x[i..]), shift).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.FusedMultiplyAdd(a, x[i], b);
        }
    }

    /// <summary>y := a x + y</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        var scale = Vector512.Create(a);
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector512.FusedMultiplyAdd(scale, Vector512.Create(x[i..]), Vector512.Create<double>(y[i..])).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.FusedMultiplyAdd(a, x[i], y[i]);
        }
    }
}
