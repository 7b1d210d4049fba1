namespace Eigenscope.Models;

/// <summary>
/// A folder of weight files as one model. In this order: what a shard index names; a file with one of the usual names; all files
/// of the first format that has any, such as shards without an index, or .npy files, which are a tensor each.
/// </summary>
internal static class ModelFolder
{
    private static readonly string[] UsualNames =
        ["model.safetensors", "pytorch_model.bin", "adapter_model.safetensors", "adapter_model.bin", "consolidated.safetensors", "model.json"];

    /// <summary>What trainers leave beside the weights.</summary>
    private static readonly string[] Companions = ["training_args", "optimizer", "scheduler", "scaler", "rng_state"];

    /// <summary>Opens the model.</summary>
    /// <param name="path">The folder as it was given.</param>
    /// <param name="files">What is in it.</param>
    /// <exception cref="ModelFormatException">It holds no readable model.</exception>
    public static Model Open(string path, CompanionFiles files)
    {
        var index = ShardIndex.In(files);
        var (tensors, weights) = (new List<(Tensor Tensor, string File)>(), new List<ByteSource>());
        IModelFormat? format = null;
        ModelTraits? traits = null;
        foreach (var name in index?.Files() ?? Chosen(path, files.Names))
        {
            if (!files.IsOpen(name))
            {
                var before = files.Opened.ToHashSet();
                var bytes = files.OpenListed(name);
                format = ModelFormats.Of(bytes);
                tensors.AddRange(format.Read(bytes, files).Select(tensor => (tensor, Path.GetFileName(tensor.Bytes.Path))));
                traits ??= format.Traits(bytes, files);
                weights.AddRange(files.Opened.Where(file => !before.Contains(file)));
            }
        }

        RequireUniqueNames(path, tensors);
        index?.RequireComplete(tensors);
        return new Model(path, format!.Name, files, weights, [.. tensors.Select(item => item.Tensor)], traits);
    }

    /// <summary>The names of the files that make up a model without an index, in ordinal order.</summary>
    private static List<string> Chosen(string path, IReadOnlyList<string> names)
    {
        var usual = UsualNames.FirstOrDefault(name => names.Contains(name, StringComparer.Ordinal));
        return usual is not null ? [usual]
            : ModelFormats.All.Select(format => names.Where(name => IsOf(format, name)).ToList()).FirstOrDefault(found => found.Count > 0)
            ?? throw new ModelFormatException(ModelFault.NoWeights, path, names.Count == 0
                ? "the folder is empty"
                : $"the folder holds no weight file ({string.Join(", ", ModelFormats.All.SelectMany(format => format.Extensions))})");
    }

    private static bool IsOf(IModelFormat format, string name) =>
        ModelFormats.HasExtension(format, name) && !Array.Exists(Companions, companion => name.StartsWith(companion, StringComparison.OrdinalIgnoreCase));

    private static void RequireUniqueNames(string path, List<(Tensor Tensor, string File)> tensors)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tensor, file) in tensors)
        {
            if (!seen.TryAdd(tensor.Name, file))
            {
                throw new ModelFormatException(ModelFault.Inconsistent, path, $"{seen[tensor.Name]} and {file} both hold '{tensor.Name}': name one of the files, they are different models");
            }
        }
    }
}
