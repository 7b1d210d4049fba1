using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>float64 memory outside the managed heap, aligned to a cache line.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    /// <summary>Allocates a buffer; its content is undefined where <paramref name="zeroed"/> is false.</summary>
    public AlignedBuffer(long length, bool zeroed = true)
    {
        Length = length;
        Pointer = (double*)BlockCache.Take(Bytes);
        if (zeroed)
        {
            Clear();
        }
    }

    ~AlignedBuffer() => Free();

    public long Length { get; }

    public double* Pointer { get; private set; }

    private long Bytes => checked(Math.Max(1, Length) * sizeof(double));

    /// <summary>A part of the buffer, for code that works on spans.</summary>
    public Span<double> Span(long start, int length) => new(Pointer + start, length);

    public void Clear() => NativeMemory.Clear(Pointer, (nuint)Bytes);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer is not null)
        {
            BlockCache.Return(Pointer, Bytes);
            Pointer = null;
        }
    }
}
