using System.Text.Json;

namespace Eigenscope.Models;

/// <summary>
/// The file that says which tensor lies in which shard: <c>{"weight_map": {name: file}}</c>, as Hugging Face writes it for
/// safetensors and for PyTorch.
/// </summary>
internal sealed class ShardIndex
{
    private static readonly string[] Endings = [".safetensors.index.json", ".bin.index.json"];
    private const long MaxBytes = 256 << 20;

    private readonly string file;
    private readonly Dictionary<string, string> shards = new(StringComparer.Ordinal);

    private ShardIndex(string file) => this.file = file;

    /// <summary>The index in a folder; null where there is none.</summary>
    public static ShardIndex? In(CompanionFiles files)
    {
        var name = Endings.SelectMany(ending => files.Names.Where(name => name.EndsWith(ending, StringComparison.Ordinal))).FirstOrDefault();
        if (name is null)
        {
            return null;
        }

        var bytes = files.OpenListed(name);
        var index = new ShardIndex(bytes.Path);
        index.Load(bytes);
        return index;
    }

    /// <summary>The shards, each once, beside the index.</summary>
    public List<string> Files() => [.. shards.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Throws unless every tensor of the index is in its shard.</summary>
    public void RequireComplete(List<(Tensor Tensor, string File)> tensors)
    {
        var present = tensors.ToDictionary(item => item.Tensor.Name, item => item.File, StringComparer.Ordinal);
        foreach (var (name, shard) in shards)
        {
            if (!present.TryGetValue(name, out var actual) || actual != shard)
            {
                throw Bad(ModelFault.Inconsistent, $"'{name}' should be in {shard} and is {(actual is null ? "in no shard" : "in " + actual)}");
            }
        }
    }

    private void Load(ByteSource bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw Bad(ModelFault.TooLarge, $"the index has {bytes.Length} bytes, at most {MaxBytes} are read");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.ReadArray(0, bytes.Length), new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var entry in document.RootElement.GetProperty("weight_map").EnumerateObject())
            {
                shards.Add(entry.Name, RequireFileName(entry.Value.GetString()));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file, "not a shard index: a JSON object with a weight_map from tensor to file is wanted", inner: e);
        }

        if (shards.Count == 0)
        {
            throw Bad(ModelFault.NoWeights, "the index names no tensor");
        }
    }

    /// <summary>A shard is a file beside the index: a name with no folder in it, so that an index cannot point outside.</summary>
    private string RequireFileName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name is "." or ".." || name.AsSpan().ContainsAny("/\\:\0"))
        {
            throw Bad(ModelFault.Unsafe, $"the shard '{name}' is no plain file name, and shards lie beside their index");
        }

        return name;
    }

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, file, what);
}
