using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>Zeroed float64 memory outside the managed heap, aligned to a cache line.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int CacheLine = 64;

    public AlignedBuffer(long length)
    {
        Length = length;
        var bytes = checked((nuint)Math.Max(1, length) * sizeof(double));
        Pointer = (double*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(Pointer, bytes);
    }

    ~AlignedBuffer() => Free();

    public long Length { get; }

    public double* Pointer { get; private set; }

    /// <summary>A part of the buffer, for code that works on spans.</summary>
    public Span<double> Span(long start, int length) => new(Pointer + start, length);

    public void Clear() => NativeMemory.Clear(Pointer, (nuint)Length * sizeof(double));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
