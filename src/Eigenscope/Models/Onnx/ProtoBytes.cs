namespace Eigenscope.Models.Onnx;

/// <summary>The bytes of a protobuf file through a small window that moves on, so that messages are walked without a read for every byte.</summary>
internal sealed class ProtoBytes(ByteSource file)
{
    private const int WindowBytes = 4096;

    /// <summary>The most bytes of a varint: 64 bits by sevens.</summary>
    private const int MostVarintBytes = 10;

    private readonly byte[] window = new byte[WindowBytes];
    private long start;
    private int count;

    /// <summary>The file.</summary>
    public ByteSource File => file;

    /// <summary>Reads a varint, and moves <paramref name="at"/> behind it.</summary>
    /// <exception cref="ModelFormatException">It does not end before <paramref name="end"/>, or has more than 64 bits.</exception>
    public ulong Varint(ref long at, long end)
    {
        var (from, value) = (at, 0UL);
        for (var i = 0; i < MostVarintBytes; i++)
        {
            if (at >= end)
            {
                throw new ModelFormatException(ModelFault.Truncated, file.Path, "the message ends inside a number", from);
            }

            var octet = At(at++);
            if (i == MostVarintBytes - 1 && octet > 1)
            {
                break;
            }

            value |= (ulong)(octet & 0x7f) << (7 * i);
            if (octet < 0x80)
            {
                return value;
            }
        }

        throw new ModelFormatException(ModelFault.BadHeader, file.Path, "a number has more than 64 bits: this is no protobuf message, or a broken one", from);
    }

    private byte At(long offset)
    {
        if (offset < start || offset >= start + count)
        {
            (start, count) = (offset, (int)Math.Min(WindowBytes, file.Length - offset));
            file.Read(start, window.AsSpan(0, count));
        }

        return window[offset - start];
    }
}
