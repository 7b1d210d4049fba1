using System.Buffers.Binary;

namespace Eigenscope.Models.Gguf;

/// <summary>What a GGUF file says before its data.</summary>
/// <param name="Metadata">Its keys and values.</param>
/// <param name="Tensors">Its tensors.</param>
internal sealed record GgufHeader(GgufMetadata Metadata, IReadOnlyList<Tensor> Tensors)
{
    private const int MaxTensors = 1 << 18;

    /// <summary>The first bytes of the format.</summary>
    public static ReadOnlySpan<byte> Magic => "GGUF"u8;

    /// <summary>Reads metadata and tensors.</summary>
    public static GgufHeader Read(ByteSource file)
    {
        var cursor = new GgufCursor(file);
        RequireVersion(cursor);
        var count = cursor.Count("tensors", GgufTensors.LeastBytes, MaxTensors);
        var metadata = new GgufMetadata(cursor, GgufMetadata.ReadCount(cursor));
        return new GgufHeader(metadata, new GgufTensors(file, cursor, metadata.Alignment).Read(count));
    }

    /// <summary>Reads the metadata alone.</summary>
    public static GgufMetadata ReadMetadata(ByteSource file)
    {
        var cursor = new GgufCursor(file);
        RequireVersion(cursor);
        cursor.Skip(sizeof(ulong));
        return new GgufMetadata(cursor, GgufMetadata.ReadCount(cursor));
    }

    private static void RequireVersion(GgufCursor cursor)
    {
        if (!cursor.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw cursor.Bad(ModelFault.BadHeader, "not a GGUF file: it does not begin with 'GGUF'", 0);
        }

        var version = cursor.Int32();
        var what = version switch
        {
            2 or 3 => null,
            1 => "GGUF version 1, which no tool writes any more: convert the model again; versions 2 and 3 are read",
            _ when BinaryPrimitives.ReverseEndianness(version) is 2 or 3 => "a big-endian GGUF file: convert it to little-endian with gguf_convert_endian.py",
            _ => $"GGUF version {version}; versions 2 and 3 are read",
        };
        if (what is not null)
        {
            throw cursor.Bad(ModelFault.Unsupported, what, Magic.Length);
        }
    }
}
