using System.Buffers;

namespace Eigenscope.Transforms;

/// <summary>Room for numbers while a block is worked on, taken from those that others are done with. What it holds at first is arbitrary.</summary>
internal readonly struct MergeScratch(int count) : IDisposable
{
    private readonly double[] values = ArrayPool<double>.Shared.Rent(count);

    /// <summary>All of it.</summary>
    public Span<double> Values => values.AsSpan(0, count);

    /// <summary>Part <paramref name="index"/> of parts of some length.</summary>
    public Span<double> Part(int index, int length) => values.AsSpan(index * length, length);

    /// <summary>Gives it back.</summary>
    public void Dispose() => ArrayPool<double>.Shared.Return(values);
}
