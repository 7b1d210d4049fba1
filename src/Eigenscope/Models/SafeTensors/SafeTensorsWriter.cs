using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Eigenscope.Models.SafeTensors;

/// <summary>A tensor that is to be written to a safetensors file.</summary>
/// <param name="Name">Its name; unique in the file.</param>
/// <param name="Type">The type of its elements; not <see cref="DType.Complex128"/>, which the format does not have.</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="Write">Writes its elements to the stream, in row-major order, little-endian, and no byte more or less.</param>
public sealed record WrittenTensor(string Name, DType Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    private const int PortionElements = 8192;

    /// <summary>The bytes that its elements take.</summary>
    /// <exception cref="ArgumentException">The shape is negative, or the elements take no whole number of bytes.</exception>
    public long Bytes
    {
        get
        {
            var bits = Shape.Aggregate((long)Type.Bits(), (product, size) => size < 0 ? throw new ArgumentException($"tensor '{Name}' has a negative size") : checked(product * size));
            return bits % 8 == 0 ? bits / 8 : throw new ArgumentException($"tensor '{Name}' takes {bits} bits, no whole number of bytes");
        }
    }

    /// <summary>A tensor of float64 numbers in memory, stored as F64, or as F32, each rounded to the nearest.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements in row-major order; not copied, so they must stay until the file is written.</param>
    /// <param name="type"><see cref="DType.F64"/> or <see cref="DType.F32"/>.</param>
    public static WrittenTensor Of(string name, IReadOnlyList<long> shape, ReadOnlyMemory<double> values, DType type = DType.F64) => type is DType.F64 or DType.F32
        ? new(name, type, shape, stream => WriteValues(stream, values.Span, type == DType.F64))
        : throw new ArgumentOutOfRangeException(nameof(type), type, "F64 or F32 is wanted");

    private static void WriteValues(Stream stream, ReadOnlySpan<double> values, bool isDouble)
    {
        var size = isDouble ? sizeof(double) : sizeof(float);
        var bytes = ArrayPool<byte>.Shared.Rent(PortionElements * size);
        while (!values.IsEmpty)
        {
            var portion = values[..Math.Min(PortionElements, values.Length)];
            for (var i = 0; i < portion.Length; i++)
            {
                if (isDouble)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * size), portion[i]);
                }
                else
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * size), (float)portion[i]);
                }
            }

            stream.Write(bytes, 0, portion.Length * size);
            values = values[portion.Length..];
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }
}

/// <summary>Writes safetensors files: the header first, then tensor after tensor as a stream, so that none need be held in memory. A file appears whole or not at all.</summary>
/// <remarks>
/// The header is padded with blanks so that the data begin at a multiple of eight bytes. Tensors lie in the order given; a reader that maps the file wants those of the widest elements first, and so does
/// the reference implementation, but none is needed.
/// </remarks>
public static class SafeTensorsWriter
{
    private const int PrefixBytes = 8;
    private const int Alignment = 8;
    private const string Metadata = "__metadata__";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file: under a temporary name beside it first, which is renamed when it is complete and on the disk.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors in their order.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>, in their order; null for none.</param>
    /// <param name="cancellation">Stops between tensors; nothing is left behind then.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a name or type that the format has not.</exception>
    /// <exception cref="InvalidOperationException">A tensor wrote more or fewer bytes than its shape takes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<WrittenTensor> tensors, IReadOnlyList<KeyValuePair<string, string>>? metadata = null, CancellationToken cancellation = default)
    {
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Write(file, tensors, metadata, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Writes the bytes of a file to a stream.</summary>
    /// <param name="stream">Where to; not closed.</param>
    /// <param name="tensors">The tensors in their order.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for none.</param>
    /// <param name="cancellation">Stops between tensors.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a name or type that the format has not.</exception>
    /// <exception cref="InvalidOperationException">A tensor wrote more or fewer bytes than its shape takes.</exception>
    public static void Write(Stream stream, IReadOnlyList<WrittenTensor> tensors, IReadOnlyList<KeyValuePair<string, string>>? metadata = null, CancellationToken cancellation = default)
    {
        RequireNames(tensors);
        stream.Write(Header(tensors, metadata));
        foreach (var tensor in tensors)
        {
            cancellation.ThrowIfCancellationRequested();
            var counted = new CountedStream(stream);
            tensor.Write(counted);
            if (counted.Written != tensor.Bytes)
            {
                throw new InvalidOperationException($"tensor '{tensor.Name}' takes {tensor.Bytes} bytes, and {counted.Written} were written");
            }
        }
    }

    private static void RequireNames(IReadOnlyList<WrittenTensor> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { Metadata };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"there cannot be a tensor '{tensor.Name}', or not two of them", nameof(tensors));
            }

            if (tensor.Type == DType.Complex128)
            {
                throw new ArgumentException($"tensor '{tensor.Name}': safetensors has no {tensor.Type}", nameof(tensors));
            }
        }
    }

    /// <summary>What precedes the data of a file: the length of the header, the header, and blanks up to the alignment. The data of tensors follow one another in their order.</summary>
    /// <param name="tensors">The tensors in their order; they need not be able to write.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for none.</param>
    internal static byte[] Header(IReadOnlyList<WrittenTensor> tensors, IReadOnlyList<KeyValuePair<string, string>>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(new byte[PrefixBytes]);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var end = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, end, end += tensor.Bytes);
            }

            json.WriteEndObject();
        }

        var blanks = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.Write("        "u8[..blanks]);
        var header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - PrefixBytes);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        json.WriteStartObject(Metadata);
        foreach (var (key, value) in metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, WrittenTensor tensor, long begin, long end)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name());
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Counts what is written to a stream.</summary>
    private sealed class CountedStream(Stream inner) : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            Written += buffer.Length;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
