using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Eigenscope.LinearAlgebra.Simd;

/// <summary>Hints to the processor of what will be wanted; without effect on any result, and none where it takes no hints.</summary>
internal static unsafe class Cache
{
    /// <summary>Asks for the 24 doubles of each of several columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WantColumns(double* from, nint stride, int columns)
    {
        for (var j = 0; Sse.IsSupported && j < columns; j++, from += stride)
        {
            Sse.Prefetch0(from);
            Sse.Prefetch0(from + 8);
            Sse.Prefetch0(from + 16);
        }
    }

    /// <summary>Asks for eight doubles of each of several columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WantParts(double* from, nint stride, int columns)
    {
        for (var j = 0; Sse.IsSupported && j < columns; j++, from += stride)
        {
            Sse.Prefetch0(from);
        }
    }

    /// <summary>Asks for a number of consecutive doubles, a multiple of eight, to be brought near, but not nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WantSoon(double* from, int count)
    {
        for (var i = 0; Sse.IsSupported && i < count; i += 8)
        {
            Sse.Prefetch1(from + i);
        }
    }
}
