using System.Buffers.Binary;

namespace Eigenscope.Models.SafeTensors;

/// <summary>
/// safetensors: u64 N little-endian, N bytes of UTF-8 JSON, then the data. The JSON object maps a name to
/// <c>{"dtype", "shape", "data_offsets": [begin, end]}</c>, offsets relative to the data, and may hold <c>__metadata__</c>.
/// The tensors must tile the data exactly: no hole, no overlap, nothing after the last.
/// </summary>
public sealed class SafeTensorsFormat : IModelFormat
{
    private const int PrefixBytes = 8;

    /// <summary>The longest header that is read, as in the reference implementation.</summary>
    private const long MaxHeaderBytes = 100_000_000;

    /// <inheritdoc/>
    public string Name => "safetensors";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".safetensors"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head)
    {
        if (head.Length <= PrefixBytes || BinaryPrimitives.ReadUInt64LittleEndian(head) is 0 or > MaxHeaderBytes)
        {
            return false;
        }

        var text = head[PrefixBytes..].TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == (byte)'{';
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var length = HeaderLength(file);
        var header = file.ReadArray(PrefixBytes, length);
        var dataStart = PrefixBytes + length;
        var entries = new SafeTensorsHeader(file.Path).Parse(header);
        RequireExactTiling(file, entries, file.Length - dataStart);
        return entries.ConvertAll(entry => new Tensor(entry.Name, entry.Type, entry.Shape, file, dataStart + entry.Begin));
    }

    private static long HeaderLength(ByteSource file)
    {
        if (file.Length < PrefixBytes)
        {
            throw new ModelFormatException(ModelFault.Truncated, file.Path, $"the file holds {file.Length} bytes, and safetensors begins with 8 that give the header's length", 0);
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.ReadArray(0, PrefixBytes));
        if (length > (ulong)(file.Length - PrefixBytes))
        {
            throw new ModelFormatException(ModelFault.Truncated, file.Path, $"the header is said to have {length} bytes, and {file.Length - PrefixBytes} follow", 0);
        }

        if (length > MaxHeaderBytes)
        {
            throw new ModelFormatException(ModelFault.TooLarge, file.Path, $"the header has {length} bytes, at most {MaxHeaderBytes} are read", 0);
        }

        return (long)length;
    }

    private static void RequireExactTiling(ByteSource file, List<SafeTensorsEntry> entries, long dataLength)
    {
        if (entries.MaxBy(entry => entry.End) is { } last && last.End > dataLength)
        {
            throw new ModelFormatException(ModelFault.Truncated, file.Path, $"tensor '{last.Name}' ends at data byte {last.End}, and {dataLength} are there: the file is cut short, or its offsets are wrong");
        }

        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                var what = entry.Begin < end ? "overlaps the tensor before it" : "leaves a hole before it";
                throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"tensor '{entry.Name}' begins at data byte {entry.Begin} and {what}, which ends at {end}");
            }

            end = entry.End;
        }

        if (end < dataLength)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"{dataLength - end} bytes follow the last tensor, and none may");
        }
    }
}
