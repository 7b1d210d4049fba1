using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;

namespace Eigenscope.Transforms;

/// <summary>A tensor that is to be written: all that its place depends on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that it is stored in.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record OutputTensor(string Name, DType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Its bytes.</summary>
    public long Bytes => new WrittenTensor(Name, Type, Shape, _ => { }).Bytes;
}

/// <summary>Where a tensor lies.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="Offset">Its first byte there.</param>
internal readonly record struct OutputPlace(string File, long Offset);

/// <summary>One file of weights.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Header">What precedes the data.</param>
/// <param name="Length">All of its bytes.</param>
/// <param name="Tensors">What lies in it, in order.</param>
internal sealed record OutputShard(string Name, byte[] Header, long Length, IReadOnlyList<OutputTensor> Tensors);

/// <summary>Where every tensor of a model goes, before one is known: safetensors files of about equal size, in the order of the tensors.</summary>
internal sealed class OutputLayout
{
    /// <summary>The name of the list of files, where there are several.</summary>
    public const string IndexName = "model.safetensors.index.json";

    private readonly Dictionary<string, OutputPlace> places = new(StringComparer.Ordinal);

    private OutputLayout(IReadOnlyList<OutputShard> shards)
    {
        Shards = shards;
        foreach (var shard in shards)
        {
            var at = (long)shard.Header.Length;
            foreach (var tensor in shard.Tensors)
            {
                places.Add(tensor.Name, new(shard.Name, at));
                at += tensor.Bytes;
            }
        }
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<OutputShard> Shards { get; }

    /// <summary>The bytes of all files.</summary>
    public long Bytes => Shards.Sum(shard => shard.Length);

    /// <summary>Where a tensor lies.</summary>
    public OutputPlace this[string name] => places[name];

    /// <summary>Puts tensors into files.</summary>
    /// <param name="tensors">The tensors in their order; no two have one name.</param>
    /// <param name="shardBytes">The most bytes of data in a file; a larger tensor has one of its own.</param>
    /// <param name="metadata">Texts for the header of every file.</param>
    public static OutputLayout Of(IReadOnlyList<OutputTensor> tensors, long shardBytes, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var groups = new List<List<OutputTensor>>();
        var room = 0L;
        foreach (var tensor in tensors)
        {
            if (groups.Count == 0 || tensor.Bytes > room)
            {
                groups.Add([]);
                room = Math.Max(shardBytes, tensor.Bytes);
            }

            groups[^1].Add(tensor);
            room -= tensor.Bytes;
        }

        return new([.. groups.Select((group, i) => Shard(groups.Count == 1 ? "model.safetensors" : $"model-{i + 1:D5}-of-{groups.Count:D5}.safetensors", group, metadata))]);
    }

    private static OutputShard Shard(string name, List<OutputTensor> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var header = SafeTensorsWriter.Header([.. tensors.Select(tensor => new WrittenTensor(tensor.Name, tensor.Type, tensor.Shape, _ => { }))], metadata);
        return new(name, header, header.Length + tensors.Sum(tensor => tensor.Bytes), tensors);
    }
}
