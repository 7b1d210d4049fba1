namespace Eigenscope.Models.Gguf;

/// <summary>
/// The list of tensors: name, number of axes, their lengths with the fastest first, type, offset in the data. The tensors lie one behind the other, each padded to
/// the alignment.
/// </summary>
internal sealed class GgufTensors(ByteSource file, GgufCursor cursor, long alignment)
{
    /// <summary>The fewest bytes of an entry: the name's length, a byte of it, the number of axes, type and offset.</summary>
    public const int LeastBytes = 25;

    private const int MaxAxes = 4;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private sealed record Entry(string Name, GgmlType Type, long[] Shape, ulong Offset, long At);

    /// <summary>Reads the list.</summary>
    public List<Tensor> Read(long count)
    {
        var entries = new List<Entry>();
        for (var i = 0L; i < count; i++)
        {
            entries.Add(ReadEntry());
        }

        return Placed(entries, Padded(cursor.Position));
    }

    private Entry ReadEntry()
    {
        var at = cursor.Position;
        var name = ReadName(at);
        var shape = ReadShape(name);
        var type = ReadType(name, shape);
        return new Entry(name, type, shape, cursor.Int64(), at);
    }

    private string ReadName(long at)
    {
        var name = cursor.Text("a tensor's name");
        if (name.Length == 0)
        {
            throw cursor.Bad(ModelFault.Inconsistent, "a tensor without a name", at);
        }

        return names.Add(name) ? name : throw cursor.Bad(ModelFault.Inconsistent, $"there are two tensors '{name}'", at);
    }

    private long[] ReadShape(string name)
    {
        var at = cursor.Position;
        var rank = cursor.Int32();
        if (rank > MaxAxes)
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"tensor '{name}' has {rank} axes, and GGUF allows {MaxAxes}", at);
        }

        var shape = new long[rank];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            var size = cursor.Int64();
            shape[axis] = size <= long.MaxValue ? (long)size : throw cursor.Bad(ModelFault.TooLarge, $"tensor '{name}' has an axis of {size}", at);
        }

        return shape;
    }

    private GgmlType ReadType(string name, long[] shape)
    {
        var at = cursor.Position;
        var id = cursor.Int32();
        var type = GgmlTypes.Find(id) ?? throw cursor.Bad(ModelFault.Unsupported, $"tensor '{name}' is of the unknown ggml type {id}", at);
        var row = shape.Length == 0 ? 1 : shape[^1];
        return row % type.BlockElements == 0
            ? type
            : throw cursor.Bad(ModelFault.Inconsistent, $"tensor '{name}' has rows of {row} elements, and {type.Name} packs {type.BlockElements} together", at);
    }

    private List<Tensor> Placed(List<Entry> entries, long dataStart)
    {
        var tensors = new List<Tensor>(entries.Count);
        var offset = 0L;
        foreach (var entry in entries)
        {
            if (entry.Offset != (ulong)offset)
            {
                throw cursor.Bad(ModelFault.Inconsistent, $"tensor '{entry.Name}' begins at data byte {entry.Offset}, and the one before it ends, padded, at {offset}", entry.At);
            }

            var tensor = entry.Type.ToTensor(entry.Name, entry.Shape, file, dataStart + offset);
            tensors.Add(tensor);
            offset = Padded(offset + tensor.ByteCount);
        }

        return tensors;
    }

    private long Padded(long position) => (position + alignment - 1) / alignment * alignment;
}
