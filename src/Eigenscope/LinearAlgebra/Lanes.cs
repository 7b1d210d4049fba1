using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Vector operations whose sums run in eight fixed lanes: element i goes to lane i mod 8, and the lanes are added in a fixed tree. The
/// runtime maps the eight lanes to one, two or four registers, with the same bits. Lengths are multiples of 8.
/// </summary>
internal static unsafe class Lanes
{
    /// <summary>The number of lanes.</summary>
    public const int Count = 8;

    /// <summary>The start of the group of lanes that holds element i.</summary>
    public static int Floor(int i) => i & -Count;

    /// <summary>A length rounded up to whole groups of lanes.</summary>
    public static int Ceiling(int length) => (length + Count - 1) & -Count;

    /// <summary>The sum of the lanes: ((0+4)+(2+6)) + ((1+5)+(3+7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lanes)
    {
        var half = lanes.GetLower() + lanes.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1];
    }

    /// <summary>x . y</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* x, double* y, int length)
    {
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < length; i += Count)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), sum);
        }

        return Sum(sum);
    }

    /// <summary>The sum of x_i y_i over two spans of one length, of any length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Vector512<double> lanes = default;
        var i = 0;
        for (; i <= x.Length - Count; i += Count)
        {
            lanes = Vector512.FusedMultiplyAdd(Vector512.Create(x[i..]), Vector512.Create(y[i..]), lanes);
        }

        var sum = Sum(lanes);
        for (; i < x.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(x[i], y[i], sum);
        }

        return sum;
    }

    /// <summary>y := a x + y</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double a, double* x, double* y, int length)
    {
        var factor = Vector512.Create(a);
        for (var i = 0; i < length; i += Count)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.Load(x + i), Vector512.Load(y + i)).Store(y + i);
        }
    }

    /// <summary>z := a x + b y + z</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double a, double* x, double b, double* y, double* z, int length)
    {
        var (fa, fb) = (Vector512.Create(a), Vector512.Create(b));
        for (var i = 0; i < length; i += Count)
        {
            var sum = Vector512.FusedMultiplyAdd(fa, Vector512.Load(x + i), Vector512.Load(z + i));
            Vector512.FusedMultiplyAdd(fb, Vector512.Load(y + i), sum).Store(z + i);
        }
    }

    /// <summary>sum := sum + x, and what rounding takes from it is added to <paramref name="lost"/> (Knuth 1969, 4.2.2, theorem B).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddKeepingLoss(double* x, double* sum, double* lost, int length)
    {
        for (var i = 0; i < length; i += Count)
        {
            var (a, b) = (Vector512.Load(sum + i), Vector512.Load(x + i));
            var total = a + b;
            var added = total - a;
            var loss = (a - (total - added)) + (b - added);
            total.Store(sum + i);
            (Vector512.Load(lost + i) + loss).Store(lost + i);
        }
    }

    /// <summary>x := a x</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double a, double* x, int length)
    {
        for (var i = 0; i < length; i += Count)
        {
            (Vector512.Load(x + i) * a).Store(x + i);
        }
    }

    /// <summary>(x, y) := (c x - s y, s x + c y)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(double c, double s, double* x, double* y, int length)
    {
        var (fc, fs) = (Vector512.Create(c), Vector512.Create(s));
        for (var i = 0; i < length; i += Count)
        {
            var (a, b) = (Vector512.Load(x + i), Vector512.Load(y + i));
            Vector512.FusedMultiplyAdd(fc, a, -(fs * b)).Store(x + i);
            Vector512.FusedMultiplyAdd(fs, a, fc * b).Store(y + i);
        }
    }

    /// <summary>to := from</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(double* from, double* to, int length)
    {
        for (var i = 0; i < length; i += Count)
        {
            Vector512.Load(from + i).Store(to + i);
        }
    }

    /// <summary>to[j * toStride + i] = from[i * fromStride + j] for i &lt; rows, a multiple of 8, and j &lt; columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(double* from, nint fromStride, double* to, nint toStride, int rows, int columns)
    {
        for (var i = 0; i < rows; i += Count)
        {
            double* f0 = from + (i * fromStride), f1 = f0 + fromStride, f2 = f1 + fromStride, f3 = f2 + fromStride;
            double* f4 = f3 + fromStride, f5 = f4 + fromStride, f6 = f5 + fromStride, f7 = f6 + fromStride;
            var t = to + i;
            for (var j = 0; j < columns; j++, t += toStride)
            {
                (t[0], t[1], t[2], t[3]) = (f0[j], f1[j], f2[j], f3[j]);
                (t[4], t[5], t[6], t[7]) = (f4[j], f5[j], f6[j], f7[j]);
            }
        }
    }

    /// <summary>to[j * toStride + i] += from[i * fromStride + j] for i &lt; rows, a multiple of 8, and j &lt; columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposed(double* from, nint fromStride, double* to, nint toStride, int rows, int columns)
    {
        for (var i = 0; i < rows; i++)
        {
            var f = from + (i * fromStride);
            for (var j = 0; j < columns; j++)
            {
                to[(j * toStride) + i] += f[j];
            }
        }
    }

    /// <summary>True where no element is NaN or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite(double* x, int length)
    {
        // x - x is zero for a finite x and NaN otherwise, and NaN stays in a sum.
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < length; i += Count)
        {
            var value = Vector512.Load(x + i);
            sum += value - value;
        }

        return Sum(sum) == 0;
    }

    /// <summary>True where no element of a span of any length is NaN or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite(ReadOnlySpan<double> x)
    {
        Vector512<double> lanes = default;
        var i = 0;
        for (; i <= x.Length - Count; i += Count)
        {
            var value = Vector512.Create(x[i..]);
            lanes += value - value;
        }

        var sum = Sum(lanes);
        for (; i < x.Length; i++)
        {
            sum += x[i] - x[i];
        }

        return sum == 0;
    }

    /// <summary>max |x_i|, for finite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LargestMagnitude(double* x, int length)
    {
        var largest = Vector512<double>.Zero;
        for (var i = 0; i < length; i += Count)
        {
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.Load(x + i)));
        }

        var result = 0.0;
        for (var lane = 0; lane < Count; lane++)
        {
            result = Math.Max(result, largest[lane]);
        }

        return result;
    }
}
