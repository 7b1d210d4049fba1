using System.Buffers.Binary;

namespace Eigenscope.Models.PyTorch;

/// <summary>
/// Storages that follow one another behind the pickles of an old file: for each key of a list the number of its elements, 64 bits, and the elements.
/// </summary>
/// <remarks>
/// Both are stored least significant byte first on every machine: <c>little_endian</c> in the file tells of the machine, not of the data.
/// Source: torch/csrc/serialization.cpp, <c>THPStorage_writeFileRaw</c>.
/// </remarks>
internal sealed class StreamStorages(ByteSource file) : TorchStorages
{
    private readonly Dictionary<string, (long Count, long Bytes)> stated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ByteSource> blocks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override bool BigEndian => false;

    /// <summary>A storage, a part of one, or a class: that of a module has its source code beside it, <c>('module', class, file, source)</c>, which is passed over.</summary>
    public override object Resolve(object? id, PickleCursor cursor) => id switch
    {
        object?[] and ["module", PickleGlobal type, ..] => type,
        object?[] and ["storage", _, _, _, _, object?[] view, ..] => View((TorchStorage)base.Resolve(id, cursor), view, cursor),
        _ => base.Resolve(id, cursor),
    };

    /// <summary>Finds every storage from the list of keys and the place behind it; nothing may be missing, twice or left over.</summary>
    public void Place(IReadOnlyList<object?> keys, long position)
    {
        foreach (var key in keys)
        {
            position = PlaceOne(key as string ?? throw Bad(ModelFault.BadHeader, "the list of storages holds something that is no text", position), position);
        }

        if (blocks.Count < stated.Count)
        {
            throw Bad(ModelFault.Inconsistent, $"the object uses {stated.Count} storages, and {blocks.Count} are listed", position);
        }

        if (position != file.Length)
        {
            throw Bad(ModelFault.Inconsistent, $"{file.Length - position} bytes follow the last storage", position);
        }
    }

    /// <inheritdoc/>
    protected override TorchStorage Located(DType type, string key, long count, PickleCursor cursor)
    {
        var bytes = (Int128)count * (type.Bits() / 8);
        if (count < 0 || bytes > file.Length)
        {
            throw cursor.Bad(ModelFault.Truncated, $"storage '{key}' is said to hold {count} elements of {type.Name()}, and the file has {file.Length} bytes");
        }

        if (!stated.TryAdd(key, (count, (long)bytes)) && stated[key].Bytes != bytes)
        {
            throw cursor.Bad(ModelFault.Inconsistent, $"storage '{key}' is said to hold {bytes} bytes, and {stated[key].Bytes} elsewhere");
        }

        return new TorchStorage(key, type, 0, (long)bytes);
    }

    /// <summary>Without the size of its elements no storage behind this one can be found.</summary>
    protected override object Unreadable(PickleGlobal type, PickleCursor cursor) =>
        throw cursor.Bad(ModelFault.Unsupported, $"a storage is of a type that is not read ({type.FullName}); re-save it with a newer PyTorch, by dequantize()");

    /// <inheritdoc/>
    protected override ByteSource Block(TorchStorage storage) => blocks[storage.Key];

    /// <summary>A part of a storage: <c>(key of the part, first element, number of elements)</c>.</summary>
    private static TorchStorage View(TorchStorage whole, object?[] view, PickleCursor cursor)
    {
        if (view is not [_, long first, long count, ..])
        {
            throw cursor.Bad(ModelFault.BadHeader, "a part of a storage has no key, first element and number of elements");
        }

        var size = whole.Type.Bits() / 8;
        var elements = whole.Bytes / size;
        return first >= 0 && count >= 0 && first <= elements && count <= elements - first
            ? whole with { Start = first * size, Bytes = count * size }
            : throw cursor.Bad(ModelFault.Inconsistent, $"elements {first} to {first + (Int128)count} are wanted of storage '{whole.Key}', which holds {elements}");
    }

    private long PlaceOne(string key, long position)
    {
        if (!stated.TryGetValue(key, out var size) || blocks.ContainsKey(key))
        {
            throw Bad(ModelFault.Inconsistent, $"storage '{key}' is listed twice, or the object uses no such storage", position);
        }

        var count = BinaryPrimitives.ReadInt64LittleEndian(file.ReadArray(position, sizeof(long)));
        if (count != size.Count)
        {
            throw Bad(ModelFault.Inconsistent, $"storage '{key}' begins with {count} elements, and the object says {size.Count}", position);
        }

        blocks.Add(key, file.Slice(position + sizeof(long), size.Bytes));
        return position + sizeof(long) + size.Bytes;
    }

    private ModelFormatException Bad(ModelFault fault, string what, long position) => new(fault, file.Path, what, position);
}
