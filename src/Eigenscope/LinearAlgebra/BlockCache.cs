using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Keeps freed memory of moderate size for the next layer of the same shape: fresh pages from the operating system cost more than the
/// arithmetic on small matrices.
/// </summary>
internal static unsafe class BlockCache
{
    private const nuint CacheLine = 64;

    /// <summary>Larger blocks go back to the operating system; the work on them outweighs their pages.</summary>
    private const long LargestKept = 96 << 20;
    private const long MostKept = 384L << 20;

    private static readonly ConcurrentDictionary<long, ConcurrentBag<nint>> Kept = new();
    private static long keptBytes;

    /// <summary>A block aligned to a cache line, of undefined content.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public static void* Take(long bytes)
    {
        if (Kept.TryGetValue(bytes, out var blocks) && blocks.TryTake(out var block))
        {
            Interlocked.Add(ref keptBytes, -bytes);
            return (void*)block;
        }

        return NativeMemory.AlignedAlloc(checked((nuint)bytes), CacheLine);
    }

    /// <summary>Takes a block back.</summary>
    public static void Return(void* block, long bytes)
    {
        if (bytes > LargestKept || Interlocked.Read(ref keptBytes) + bytes > MostKept)
        {
            NativeMemory.AlignedFree(block);
            return;
        }

        Interlocked.Add(ref keptBytes, bytes);
        Kept.GetOrAdd(bytes, _ => []).Add((nint)block);
    }
}
