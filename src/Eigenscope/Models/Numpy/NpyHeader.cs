using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Models.Numpy;

/// <summary>The header of a <c>.npy</c> file: element type, order, shape and where the elements start.</summary>
internal sealed class NpyHeader
{
    /// <summary>The longest header text that is read, which is NumPy's own limit.</summary>
    public const int MaxTextBytes = 10_000;

    /// <summary>The most bytes before the elements.</summary>
    public const int MaxBytes = MaxTextBytes + 12;

    private readonly string path;
    private readonly NpyLiteral literal;
    private readonly int dataOffset;

    private NpyHeader(string path, NpyLiteral literal, NpyType type, int dataOffset)
    {
        this.path = path;
        this.literal = literal;
        this.dataOffset = dataOffset;
        Type = type.Type;
        BigEndian = type.BigEndian;
    }

    /// <summary>The first bytes of the format.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The element type; null for text, where that was allowed.</summary>
    public DType? Type { get; }

    /// <summary>True where elements are stored most significant byte first.</summary>
    public bool BigEndian { get; }

    /// <summary>Parses the header at the start of <paramref name="head"/>.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="head">The first <see cref="MaxBytes"/> bytes, or all where there are fewer.</param>
    /// <param name="textAllowed">Whether an array of text is no error.</param>
    public static NpyHeader Parse(string path, ReadOnlySpan<byte> head, bool textAllowed = false)
    {
        var textOffset = RequireVersion(path, head);
        var textBytes = textOffset == 10 ? BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (textBytes > MaxTextBytes)
        {
            throw new ModelFormatException(ModelFault.TooLarge, path, $"the npy header takes {textBytes} bytes; at most {MaxTextBytes} are read", 8);
        }

        if (textBytes > head.Length - textOffset)
        {
            throw new ModelFormatException(ModelFault.Truncated, path, $"the npy header takes {textBytes} bytes, and {head.Length - textOffset} are there", 8);
        }

        var dict = NpyLiteral.Parse(path, Encoding.UTF8.GetString(head.Slice(textOffset, (int)textBytes)));
        return new NpyHeader(path, dict, NpyType.Parse(path, dict.Descr, textAllowed), textOffset + (int)textBytes);
    }

    /// <summary>Throws unless header and elements together take exactly <paramref name="length"/> bytes.</summary>
    public void RequireLength(long length)
    {
        var expected = dataOffset + ElementBytes();
        if (expected != length)
        {
            var fault = expected > length ? ModelFault.Truncated : ModelFault.Inconsistent;
            throw new ModelFormatException(fault, path, $"{literal.ShapeText} elements of {literal.Descr} end at byte {expected}, and the array ends at {length}");
        }
    }

    /// <summary>The array as a tensor.</summary>
    public Tensor ToTensor(string name, ByteSource bytes) =>
        new(name, Type!.Value, literal.Shape, Strides(), bytes, dataOffset, BigEndian);

    private static int RequireVersion(string path, ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head.StartsWith(Magic))
        {
            throw new ModelFormatException(ModelFault.BadHeader, path, "not an npy array: it does not begin with 93 'NUMPY' and a header length", 0);
        }

        return head[6] switch
        {
            1 => 10,
            2 or 3 => 12,
            _ => throw new ModelFormatException(ModelFault.Unsupported, path, $"npy version {head[6]}.{head[7]}; versions 1, 2 and 3 are read", 6),
        };
    }

    private long ElementBytes()
    {
        var bytes = (Int128)(Type!.Value.Bits() / 8);
        foreach (var size in literal.Shape)
        {
            bytes *= size;
            if (bytes > long.MaxValue - MaxBytes)
            {
                throw new ModelFormatException(ModelFault.TooLarge, path, $"shape {literal.ShapeText} has more elements than any file holds");
            }
        }

        return (long)bytes;
    }

    private long[] Strides() => literal.FortranOrder
        ? [.. Tensor.RowMajor([.. literal.Shape.Reverse()]).Reverse()]
        : Tensor.RowMajor(literal.Shape);
}
