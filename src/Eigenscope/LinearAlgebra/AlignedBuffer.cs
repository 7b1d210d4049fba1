using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>Zeroed float64 memory outside the managed heap, aligned to a cache line.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int CacheLine = 64;

    private void* block;

    public AlignedBuffer(long length)
    {
        Length = length;
        // Zeroed pages come from the operating system untouched; an aligned allocation would have to be cleared here.
        block = NativeMemory.AllocZeroed(checked(((nuint)length * sizeof(double)) + CacheLine));
        Pointer = (double*)(((nuint)block + CacheLine - 1) & ~(nuint)(CacheLine - 1));
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
        NativeMemory.Free(block);
        block = null;
        Pointer = null;
    }
}
