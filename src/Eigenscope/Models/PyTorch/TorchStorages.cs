namespace Eigenscope.Models.PyTorch;

/// <summary>A block of elements that tensors view, or a part of one.</summary>
/// <param name="Key">The name of the block in its file.</param>
/// <param name="Type">The element type that the pickle states.</param>
/// <param name="Start">Its first byte in the block.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record TorchStorage(string Key, DType Type, long Start, long Bytes);

/// <summary>
/// Storages by their persistent id, which is the tuple <c>('storage', class, key, location, number of elements)</c>, and the tensors on them.
/// </summary>
internal abstract class TorchStorages
{
    private readonly Dictionary<(string Key, long Start, long Bytes), ByteSource> opened = [];

    /// <summary>True where elements are stored most significant byte first.</summary>
    protected abstract bool BigEndian { get; }

    /// <summary>The storage that an id names, or a <see cref="RefusedTensor"/> where its elements are of a type that is not read.</summary>
    public virtual object Resolve(object? id, PickleCursor cursor)
    {
        if ((id as object?[]) is not ["storage", PickleGlobal type, string key, _, long count, ..])
        {
            throw cursor.Bad(ModelFault.BadHeader, "a persistent id is no storage with class, key, location and number of elements");
        }

        return TorchTypes.OfStorage(type.Name) is { } elements
            ? Located(elements, key, count, cursor)
            : Unreadable(type, cursor);
    }

    /// <summary>The named tensors of an unpickled object.</summary>
    /// <param name="root">The object.</param>
    /// <param name="path">The file.</param>
    public List<Tensor> Tensors(object? root, string path) => [.. StateDict.Of(root, path).Select(weight => Tensor(weight.Name, weight.Tensor))];

    /// <summary>The storage of that key, whose length the pickle states.</summary>
    protected abstract TorchStorage Located(DType type, string key, long count, PickleCursor cursor);

    /// <summary>What stands for a storage whose elements are of a type that is not read.</summary>
    protected virtual object Unreadable(PickleGlobal type, PickleCursor cursor) => new RefusedTensor(type.FullName);

    /// <summary>The bytes of a whole block.</summary>
    protected abstract ByteSource Block(TorchStorage storage);

    private Tensor Tensor(string name, TorchTensor tensor)
    {
        var size = tensor.Type.Bits() / 8;
        return new(name, tensor.Type, tensor.Shape, tensor.Strides, Open(tensor.Storage), tensor.Offset * size, BigEndian && size > 1);
    }

    private ByteSource Open(TorchStorage storage)
    {
        var place = (storage.Key, storage.Start, storage.Bytes);
        if (!opened.TryGetValue(place, out var bytes))
        {
            var block = Block(storage);
            bytes = storage.Bytes == block.Length ? block : block.Slice(storage.Start, storage.Bytes);
            opened.Add(place, bytes);
        }

        return bytes;
    }
}
