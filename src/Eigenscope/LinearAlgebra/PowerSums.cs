using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>Sums of powers over a sample, in the fixed lanes of <see cref="Lanes"/>: the same bits for every vector width.</summary>
internal static class PowerSums
{
    /// <summary>The sum, and the largest absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Largest) First(ReadOnlySpan<double> values)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        var (sums, largest) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var i = 0;
        for (; i + Lanes.Count <= values.Length; i += Lanes.Count)
        {
            var value = Vector512.LoadUnsafe(ref x, (nuint)i);
            sums += value;
            largest = Vector512.Max(largest, Vector512.Abs(value));
        }

        var (sum, most) = (Lanes.Sum(sums), 0.0);
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            most = Math.Max(most, largest[lane]);
        }

        for (; i < values.Length; i++)
        {
            (sum, most) = (sum + values[i], Math.Max(most, Math.Abs(values[i])));
        }

        return (sum, most);
    }

    /// <summary>The sums of d^2, d^3 and d^4, d = x - mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Second, double Third, double Fourth) About(double mean, ReadOnlySpan<double> values)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        var (center, seconds, thirds, fourths) = (Vector512.Create(mean), Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var i = 0;
        for (; i + Lanes.Count <= values.Length; i += Lanes.Count)
        {
            var d = Vector512.LoadUnsafe(ref x, (nuint)i) - center;
            var square = d * d;
            seconds += square;
            thirds = Vector512.FusedMultiplyAdd(square, d, thirds);
            fourths = Vector512.FusedMultiplyAdd(square, square, fourths);
        }

        var (second, third, fourth) = (Lanes.Sum(seconds), Lanes.Sum(thirds), Lanes.Sum(fourths));
        for (; i < values.Length; i++)
        {
            var d = values[i] - mean;
            (second, third, fourth) = (second + (d * d), third + (d * d * d), fourth + (d * d * d * d));
        }

        return (second, third, fourth);
    }
}
