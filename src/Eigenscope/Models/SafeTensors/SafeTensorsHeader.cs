using System.Text.Json;

namespace Eigenscope.Models.SafeTensors;

/// <summary>One tensor of a safetensors header; the offsets are relative to the data.</summary>
internal sealed record SafeTensorsEntry(string Name, DType Type, long[] Shape, long Begin, long End);

/// <summary>Parses the JSON of a safetensors header, and checks each tensor by itself.</summary>
internal sealed class SafeTensorsHeader(string file)
{
    private const string Metadata = "__metadata__";
    private const int PrefixBytes = 8;

    /// <summary>The tensors in the order of the header.</summary>
    public List<SafeTensorsEntry> Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Bad("the header is no JSON object");
            }

            return Entries(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file, "the header is not valid JSON", e.LineNumber == 0 ? PrefixBytes + e.BytePositionInLine : PrefixBytes, e);
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file, "the header holds text that is not valid UTF-8", PrefixBytes, e);
        }
    }

    private List<SafeTensorsEntry> Entries(JsonElement root)
    {
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new ModelFormatException(ModelFault.BadHeader, file, $"the header holds '{property.Name}' twice");
            }

            if (property.NameEquals(Metadata))
            {
                RequireTexts(property.Value);
            }
            else
            {
                entries.Add(Entry(property.Name, property.Value));
            }
        }

        return entries;
    }

    private void RequireTexts(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object || metadata.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
        {
            throw Bad($"{Metadata} must map texts to texts");
        }
    }

    private SafeTensorsEntry Entry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var shape)
            || !value.TryGetProperty("data_offsets", out var offsets))
        {
            throw Bad($"tensor '{name}' must have dtype, shape and data_offsets");
        }

        if (!DTypes.TryParse(dtype.GetString()!, out var type))
        {
            throw new ModelFormatException(ModelFault.Unsupported, file, $"tensor '{name}' has the unknown dtype '{dtype.GetString()}'");
        }

        var ends = Integers(name, "data_offsets", offsets);
        if (ends.Length != 2 || ends[1] < ends[0])
        {
            throw Bad($"tensor '{name}' has data_offsets {offsets.GetRawText()}; [begin, end] with begin <= end is wanted");
        }

        var entry = new SafeTensorsEntry(name, type, Integers(name, "shape", shape), ends[0], ends[1]);
        RequireSize(entry);
        return entry;
    }

    private long[] Integers(string name, string key, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Bad($"tensor '{name}': {key} is no list");
        }

        return [.. list.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var value) && value >= 0
                ? value
                : throw Bad($"tensor '{name}': {key} holds {item.GetRawText()}, a whole number from 0 is wanted"))];
    }

    private void RequireSize(SafeTensorsEntry entry)
    {
        var bits = (Int128)entry.Type.Bits();
        foreach (var size in entry.Shape)
        {
            bits *= size;
            if (bits > long.MaxValue)
            {
                throw Bad($"tensor '{entry.Name}' has a shape of more elements than any file holds");
            }
        }

        if (bits % 8 != 0)
        {
            throw Bad($"tensor '{entry.Name}' takes {bits} bits, no whole number of bytes");
        }

        if (bits / 8 != entry.End - entry.Begin)
        {
            throw Bad($"tensor '{entry.Name}' ({entry.Type.Name()} {string.Join('x', entry.Shape)}) takes {bits / 8} bytes, and its data_offsets give it {entry.End - entry.Begin}");
        }
    }

    private ModelFormatException Bad(string what) => new(ModelFault.Inconsistent, file, what);
}
