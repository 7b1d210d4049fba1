namespace Eigenscope.Models;

/// <summary>
/// A folder of weight files as one model. In this order: what a shard index names; a file with one of the usual names; all files
/// of the first format that has any, such as shards without an index, or .npy files, which are a tensor each.
/// </summary>
internal sealed class ModelFolder(string path)
{
    private static readonly string[] UsualNames =
        ["model.safetensors", "pytorch_model.bin", "adapter_model.safetensors", "adapter_model.bin", "consolidated.safetensors"];

    /// <summary>What trainers leave beside the weights.</summary>
    private static readonly string[] Companions = ["training_args", "optimizer", "scheduler", "scaler", "rng_state"];

    public Model Open()
    {
        var files = Files();
        var open = new List<ByteSource>();
        try
        {
            return Open(files, open);
        }
        catch
        {
            open.ForEach(file => file.Dispose());
            throw;
        }
    }

    private Model Open(List<string> paths, List<ByteSource> open)
    {
        var tensors = new List<(Tensor Tensor, string File)>();
        IModelFormat? format = null;
        var architecture = ModelConfig.Beside(path)?.Architecture;
        foreach (var file in paths.Where(file => !open.Exists(source => source.Path == Path.GetFullPath(file))))
        {
            var bytes = FileBytes.Open(file);
            open.Add(bytes);
            format = ModelFormats.Of(bytes);
            var companions = new FolderFiles(file);
            try
            {
                tensors.AddRange(format.Read(bytes, companions).Select(tensor => (tensor, Path.GetFileName(tensor.Bytes.Path))));
                architecture ??= format.Architecture(bytes, companions);
            }
            finally
            {
                open.AddRange(companions.Opened);
            }
        }

        RequireUniqueNames(tensors);
        ShardIndex.In(path)?.RequireComplete(tensors);
        return new Model(path, format!.Name, architecture, open, [.. tensors.Select(item => item.Tensor)]);
    }

    /// <summary>The files that make up the model, in ordinal order of their names.</summary>
    private List<string> Files()
    {
        if (ShardIndex.In(path) is { } index)
        {
            return index.Files();
        }

        var all = List();
        var usual = UsualNames.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists);
        return usual is not null ? [usual]
            : ModelFormats.All.Select(format => all.FindAll(file => IsOf(format, file))).FirstOrDefault(files => files.Count > 0)
            ?? throw new ModelFormatException(ModelFault.NoWeights, path, all.Count == 0
                ? "the folder is empty"
                : $"the folder holds no weight file ({string.Join(", ", ModelFormats.All.SelectMany(format => format.Extensions))})");
    }

    private List<string> List()
    {
        try
        {
            return [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(ModelFault.Unreadable, path, $"the folder cannot be listed: {e.Message}", inner: e);
        }
    }

    private static bool IsOf(IModelFormat format, string file) =>
        ModelFormats.HasExtension(format, file)
        && !Array.Exists(Companions, name => Path.GetFileName(file).StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private void RequireUniqueNames(List<(Tensor Tensor, string File)> tensors)
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
