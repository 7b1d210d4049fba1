using Eigenscope.Models.Zip;

namespace Eigenscope.Models.PyTorch;

/// <summary>A block of elements that tensors view: the archive member <c>root/data/key</c>.</summary>
/// <param name="Member">The member.</param>
/// <param name="Type">The element type that the pickle states.</param>
/// <param name="Bytes">Its length, which the pickle and the archive agree on.</param>
internal sealed record TorchStorage(ZipMember Member, DType Type, long Bytes);

/// <summary>
/// Storages by their persistent id, which is the tuple <c>('storage', class, key, location, number of elements)</c>.
/// </summary>
internal sealed class TorchStorages(PyTorchArchive archive)
{
    private readonly Dictionary<ZipMember, ByteSource> opened = [];

    /// <summary>The storage that an id names, or a <see cref="RefusedTensor"/> where its elements are of a type that is not read.</summary>
    public object Resolve(object? id, PickleCursor cursor)
    {
        if ((id as object?[]) is not ["storage", PickleGlobal type, string key, _, long count, ..])
        {
            throw cursor.Bad(ModelFault.BadHeader, "a persistent id is no storage with class, key, location and number of elements");
        }

        return TorchTypes.OfStorage(type.Name) is { } elements
            ? Located(elements, key, count, cursor)
            : new RefusedTensor(type.FullName);
    }

    /// <summary>A named tensor on the elements of its storage.</summary>
    public Tensor Tensor(string name, TorchTensor tensor) =>
        new(name, tensor.Type, tensor.Shape, tensor.Strides, Open(tensor.Storage), tensor.Offset * (tensor.Type.Bits() / 8), archive.BigEndian && tensor.Type.Bits() > 8);

    private TorchStorage Located(DType type, string key, long count, PickleCursor cursor)
    {
        var member = archive.Storage(key) ?? throw cursor.Bad(ModelFault.Truncated, $"storage '{key}' has no member data/{key} in the archive");
        var bytes = (Int128)count * (type.Bits() / 8);
        return bytes == member.Size
            ? new TorchStorage(member, type, member.Size)
            : throw cursor.Bad(ModelFault.Inconsistent, $"storage '{key}' is said to hold {count} elements of {type.Name()}, {bytes} bytes, and its member holds {member.Size}");
    }

    private ByteSource Open(TorchStorage storage)
    {
        if (!opened.TryGetValue(storage.Member, out var bytes))
        {
            bytes = storage.Member.Open(storage.Bytes);
            opened.Add(storage.Member, bytes);
        }

        return bytes;
    }
}
