using System.Buffers.Binary;

namespace Eigenscope.Models.Onnx;

/// <summary>
/// The numbers of one repeated field of a message, packed or one by one, as dense little-endian bytes. They are decoded when first read, into memory.
/// </summary>
internal sealed class NumberBytes : ByteSource
{
    private readonly ProtoMessage message;
    private readonly int number;
    private readonly int width;
    private readonly string tensor;
    private readonly Lazy<byte[]> content;

    /// <summary>Makes the source; nothing is read yet.</summary>
    /// <param name="file">The whole file. Messages share a position and belong to one thread, so the numbers are walked by one of their own.</param>
    /// <param name="where">The message in the file.</param>
    /// <param name="number">The number of the field.</param>
    /// <param name="width">How many bytes of each number are kept, the lowest.</param>
    /// <param name="length">The bytes of all numbers.</param>
    /// <param name="tensor">The name of the tensor, for messages.</param>
    public NumberBytes(ByteSource file, ProtoField where, int number, int width, long length, string tensor)
    {
        if (length > Array.MaxLength)
        {
            throw new ModelFormatException(ModelFault.TooLarge, file.Path, $"tensor '{tensor}' holds {length} bytes as single numbers, which do not fit in memory at once; store it as raw_data");
        }

        (message, this.number, this.width, Length, this.tensor) = (ProtoMessage.Of(file).Message(where), number, width, length, tensor);
        content = new Lazy<byte[]>(Decode, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <inheritdoc/>
    public override string Path => message.Path;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        content.Value.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }

    private byte[] Decode()
    {
        var bytes = new byte[Length];
        var left = bytes.AsSpan();
        foreach (var part in message.Fields().Where(part => part.Number == number))
        {
            left = left[(IsFixed ? CopyFixed(part, left) : CopyVarints(part, left))..];
        }

        return left.Length == 0 ? bytes : throw Bad(bytes.Length - left.Length);
    }

    private bool IsFixed => number is OnnxType.FloatData or OnnxType.DoubleData;

    private int CopyFixed(ProtoField part, Span<byte> to)
    {
        if (part.Length > to.Length)
        {
            throw Bad(Length + part.Length - to.Length);
        }

        message.Content(part).Read(0, to[..(int)part.Length]);
        return (int)part.Length;
    }

    private int CopyVarints(ProtoField part, Span<byte> to)
    {
        Span<byte> whole = stackalloc byte[sizeof(long)];
        var done = 0;
        foreach (var value in message.Integers(part))
        {
            if (width > to.Length - done)
            {
                throw Bad(Length + width);
            }

            BinaryPrimitives.WriteInt64LittleEndian(whole, value);
            whole[..width].CopyTo(to[done..]);
            done += width;
        }

        return done;
    }

    private ModelFormatException Bad(long held) => new(ModelFault.Inconsistent, Path, $"tensor '{tensor}' takes {Length} bytes by its shape, and its numbers give {(held > Length ? "more" : held)}");
}
