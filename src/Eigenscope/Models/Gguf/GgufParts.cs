namespace Eigenscope.Models.Gguf;

/// <summary>The files of a split model, found by their names from any one of them.</summary>
internal sealed class GgufParts(ByteSource file, GgufSplit split, CompanionFiles companions)
{
    /// <summary>The tensors of all parts, in their order.</summary>
    /// <param name="own">The header of the part that was opened.</param>
    public List<Tensor> Tensors(GgufHeader own)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var number = 0; number < split.Count; number++)
        {
            foreach (var tensor in (number == split.Number ? own : Part(number)).Tensors)
            {
                Add(tensors, tensor);
            }
        }

        return split.Tensors is null || split.Tensors == tensors.Count
            ? [.. tensors.Values]
            : throw Bad(ModelFault.Inconsistent, $"split.tensors.count is {split.Tensors}, and the parts hold {tensors.Count}");
    }

    /// <summary>Opens a part.</summary>
    public ByteSource Open(int number)
    {
        var name = NameOf(number);
        try
        {
            return companions.Open(name);
        }
        catch (ModelFormatException e) when (e.Fault == ModelFault.Missing)
        {
            throw new ModelFormatException(ModelFault.Missing, file.Path, $"part {split.Number + 1} of {split.Count}, and '{name}' is not beside it", inner: e);
        }
    }

    private GgufHeader Part(int number)
    {
        var bytes = Open(number);
        var header = GgufHeader.Read(bytes);
        return header.Metadata.Split is { } other && other.Number == number && other.Count == split.Count
            ? header
            : throw new ModelFormatException(ModelFault.Inconsistent, bytes.Path, $"named as part {number + 1} of {split.Count}, and split.no and split.count say otherwise");
    }

    private void Add(Dictionary<string, Tensor> tensors, Tensor tensor)
    {
        if (!tensors.TryAdd(tensor.Name, tensor))
        {
            throw Bad(ModelFault.Inconsistent, $"{Path.GetFileName(tensors[tensor.Name].Bytes.Path)} and {Path.GetFileName(tensor.Bytes.Path)} both hold '{tensor.Name}'");
        }
    }

    private string NameOf(int number)
    {
        var (name, ending) = (Path.GetFileName(file.Path), split.EndingOf(split.Number));
        return name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
            ? name[..^ending.Length] + split.EndingOf(number)
            : throw Bad(ModelFault.Inconsistent, $"part {split.Number + 1} of {split.Count}, and the others are found only where its name ends with {ending}");
    }

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, file.Path, what);
}
