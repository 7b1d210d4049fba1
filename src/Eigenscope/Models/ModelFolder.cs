namespace Eigenscope.Models;

/// <summary>
/// A folder of weight files as one model. In this order: a shard index; the shards or the only file of a kind; a folder of .npy
/// files, whose tensors are the files.
/// </summary>
internal sealed class ModelFolder(string path)
{
    private static readonly string[] Kinds = [".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".state_dict", ".npz", ".npy"];

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
        foreach (var file in paths)
        {
            open.Add(FileBytes.Open(file));
            format = ModelFormats.Of(open[^1]);
            tensors.AddRange(format.Read(open[^1]).Select(tensor => (tensor, Path.GetFileName(file))));
        }

        RequireUniqueNames(tensors);
        ShardIndex.In(path)?.RequireComplete(tensors);
        return new Model(path, format!.Name, ModelConfig.Beside(path)?.Architecture, open, [.. tensors.Select(item => item.Tensor)]);
    }

    /// <summary>The files that make up the model, in ordinal order of their names.</summary>
    private List<string> Files()
    {
        if (ShardIndex.In(path) is { } index)
        {
            return index.Files();
        }

        var all = List();
        var kind = Kinds.FirstOrDefault(kind => all.Exists(file => HasKind(file, kind)))
            ?? throw new ModelFormatException(ModelFault.NoWeights, path, all.Count == 0
                ? "the folder is empty"
                : $"the folder holds no weight file ({string.Join(", ", Kinds)})");
        return all.FindAll(file => HasKind(file, kind));
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

    private static bool HasKind(string file, string kind) => file.EndsWith(kind, StringComparison.OrdinalIgnoreCase);

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
