namespace Eigenscope.Models.Flax;

/// <summary>
/// An array of more than 2^30 bytes: <c>{"__msgpack_chunked_array__": true, "shape": {"0": ...}, "chunks": {"0": array, ...}}</c>, the chunks of one axis.
/// </summary>
internal sealed class ChunkedArray(MessagePackReader reader, ByteSource file, string name)
{
    /// <summary>The key that marks such a map.</summary>
    public const string Mark = "__msgpack_chunked_array__";

    /// <summary>The entries of such a map.</summary>
    public const int Entries = 3;

    private const int MaxKey = 32;
    private const int MaxChunks = 1 << 20;

    private readonly List<long> shape = [];
    private readonly List<FlaxArray> chunks = [];

    /// <summary>Reads the map behind the mark, and the tensor that it is.</summary>
    public Tensor Read()
    {
        reader.Skip(reader.Next());
        for (var entry = 1; entry < Entries; entry++)
        {
            ReadEntry(reader.Text(reader.Require(MessagePackKind.Text), MaxKey));
        }

        if (chunks.Count == 0)
        {
            throw Bad("has no chunks");
        }

        var parts = chunks.ConvertAll(chunk => file.Slice(chunk.Offset, chunk.Bytes)).FindAll(part => part.Length > 0);
        var tensor = new Tensor(name, chunks[0].Type, shape, parts.Count > 0 ? new JoinedBytes(parts[0].Path, parts) : file.Slice(chunks[0].Offset, 0), 0);
        return tensor.ByteCount == tensor.Bytes.Length ? tensor : throw Bad($"of shape {tensor.ShapeText} has chunks of {tensor.Bytes.Length} bytes together");
    }

    private void ReadEntry(string key)
    {
        if (key == "shape" && shape.Count == 0)
        {
            Numbered(Tensor.MaxRank, () => shape.Add(reader.Require(MessagePackKind.Integer).Value));
        }
        else if (key == "chunks" && chunks.Count == 0)
        {
            Numbered(MaxChunks, () => chunks.Add(Chunk()));
        }
        else
        {
            throw Bad($"has an entry '{key}' where one shape and one list of chunks are right");
        }
    }

    /// <summary>Reads a map whose keys are the numbers from 0, in order.</summary>
    private void Numbered(int most, Action read)
    {
        var count = reader.Require(MessagePackKind.Map).Value;
        if (count > most)
        {
            throw reader.Bad(ModelFault.TooLarge, $"tensor '{name}' has {count} axes or chunks, at most {most} are read");
        }

        for (var number = 0; number < count; number++)
        {
            var key = reader.Text(reader.Require(MessagePackKind.Text), MaxKey);
            if (key != $"{number}")
            {
                throw Bad($"has '{key}' among its axes or chunks where '{number}' is right");
            }

            read();
        }
    }

    private FlaxArray Chunk()
    {
        var head = reader.Require(MessagePackKind.Extension);
        var chunk = head.Type == FlaxTree.ArrayType ? FlaxArray.Read(reader, head.Value, name) : throw Bad("has a chunk that is no array");
        return chunks.Count == 0 || chunk.Type == chunks[0].Type ? chunk : throw Bad("has chunks of several types");
    }

    private ModelFormatException Bad(string what) => reader.Bad(ModelFault.Inconsistent, $"the chunked tensor '{name}' {what}");
}
