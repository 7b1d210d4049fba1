using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>What is done with the elements of a block, one by one: the same bits for every width of registers.</summary>
internal static class BlockOperations
{
    /// <summary>to := x - y</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> to)
    {
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            (Vector512.Create(x[i..]) - Vector512.Create(y[i..])).CopyTo(to[i..]);
        }

        for (; i < x.Length; i++)
        {
            to[i] = x[i] - y[i];
        }
    }

    /// <summary>to := a x + y; where a is 1, the rounded sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double a, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> to)
    {
        var scale = Vector512.Create(a);
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector512.FusedMultiplyAdd(scale, Vector512.Create(x[i..]), Vector512.Create(y[i..])).CopyTo(to[i..]);
        }

        for (; i < x.Length; i++)
        {
            to[i] = Math.FusedMultiplyAdd(a, x[i], y[i]);
        }
    }

    /// <summary>x := a x</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double a, Span<double> x)
    {
        var scale = Vector512.Create(a);
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            (Vector512.Create<double>(x[i..]) * scale).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= a;
        }
    }

    /// <summary>sum |x_i|, in eight lanes and a tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfMagnitudes(ReadOnlySpan<double> x)
    {
        Vector512<double> lanes = default;
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            lanes += Vector512.Abs(Vector512.Create(x[i..]));
        }

        var sum = Lanes.Sum(lanes);
        for (; i < x.Length; i++)
        {
            sum += Math.Abs(x[i]);
        }

        return sum;
    }

    /// <summary>The number of elements that are not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountNonzero(ReadOnlySpan<double> x)
    {
        var (i, zeros) = (0, 0);
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            zeros += BitOperations.PopCount(Vector512.Equals(Vector512.Create(x[i..]), Vector512<double>.Zero).ExtractMostSignificantBits());
        }

        for (; i < x.Length; i++)
        {
            zeros += x[i] == 0 ? 1 : 0;
        }

        return x.Length - zeros;
    }
}
