using System.Buffers;

namespace Eigenscope.Models;

/// <summary>Blocks of equally many elements, each decoded by itself.</summary>
internal abstract class BlockQuantization : Quantization
{
    /// <summary>The most bytes that are read at a time.</summary>
    private const int MostBytes = 1 << 18;

    /// <summary>Elements in a block.</summary>
    public abstract int BlockElements { get; }

    /// <summary>Bytes in a block.</summary>
    public abstract int BlockBytes { get; }

    /// <summary>Writes the elements of one block.</summary>
    public abstract void Decode(ReadOnlySpan<byte> block, Span<double> to);

    internal override Int128 BytesOf(Int128 elements) => (elements + BlockElements - 1) / BlockElements * BlockBytes;

    internal override void Read(Tensor tensor, long first, Span<double> to)
    {
        var (block, skip) = (first / BlockElements, (int)(first % BlockElements));
        var most = MostBytes / BlockBytes;
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(most, ((long)skip + to.Length + BlockElements - 1) / BlockElements) * BlockBytes);
        Span<double> values = stackalloc double[BlockElements];
        while (to.Length > 0)
        {
            var count = (int)Math.Min(most, ((long)skip + to.Length + BlockElements - 1) / BlockElements);
            var read = bytes.AsSpan(0, count * BlockBytes);
            tensor.Bytes.Read(tensor.Offset + (block * BlockBytes), read);
            for (; read.Length > 0; read = read[BlockBytes..], skip = 0)
            {
                Decode(read[..BlockBytes], values);
                var wanted = values.Slice(skip, Math.Min(BlockElements - skip, to.Length));
                wanted.CopyTo(to);
                to = to[wanted.Length..];
            }

            block += count;
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }
}
