namespace Eigenscope.Models.PyTorch;

/// <summary>Storages that are members of a zip archive, <c>root/data/key</c>.</summary>
internal sealed class ArchiveStorages(PyTorchArchive archive) : TorchStorages
{
    /// <inheritdoc/>
    protected override bool BigEndian => archive.BigEndian;

    /// <inheritdoc/>
    protected override TorchStorage Located(DType type, string key, long count, PickleCursor cursor)
    {
        var member = archive.Storage(key) ?? throw cursor.Bad(ModelFault.Truncated, $"storage '{key}' has no member data/{key} in the archive");
        var bytes = (Int128)count * (type.Bits() / 8);
        return bytes == member.Size
            ? new TorchStorage(key, type, 0, member.Size)
            : throw cursor.Bad(ModelFault.Inconsistent, $"storage '{key}' is said to hold {count} elements of {type.Name()}, {bytes} bytes, and its member holds {member.Size}");
    }

    /// <inheritdoc/>
    protected override ByteSource Block(TorchStorage storage) => archive.Storage(storage.Key)!.Open(storage.Bytes);
}
