using System.Buffers.Binary;
using System.Text.Json;

namespace Eigenscope.Models.SafeTensors;

/// <summary>The texts that a safetensors file holds beside its tensors, under <c>__metadata__</c>.</summary>
public static class SafeTensorsMetadata
{
    private const string Name = "__metadata__";

    /// <summary>Reads them; none where the file has no such entry.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">It is no safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> Of(string path)
    {
        using var file = FileBytes.Open(path);
        new SafeTensorsFormat().Read(file);
        var length = (long)BinaryPrimitives.ReadUInt64LittleEndian(file.ReadArray(0, sizeof(ulong)));
        using var header = JsonDocument.Parse(file.ReadArray(sizeof(ulong), length));
        return header.RootElement.TryGetProperty(Name, out var texts)
            ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
    }
}
