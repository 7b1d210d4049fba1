namespace Eigenscope.Models.PyTorch;

/// <summary>
/// The pickles of an old PyTorch file one after the other: a number that marks the format, the version of the protocol, facts of the machine,
/// the object, the keys of its storages.
/// </summary>
internal sealed class LegacyStream(ByteSource file)
{
    private const long Version = 1001;

    private long position;

    /// <summary>Lists the tensors of the object.</summary>
    public List<Tensor> Tensors()
    {
        Next("the format's number", NoStorage);
        RequireVersion(Next("the version", NoStorage));
        RequireFacts(Next("the facts of the machine", NoStorage));
        var storages = new StreamStorages(file);
        var root = Next("the object", storages.Resolve);
        var keys = Next("the list of storages", NoStorage) as PickleList ?? throw Bad(ModelFault.BadHeader, "the keys of the storages are no list");
        storages.Place(keys.Items, position);
        return storages.Tensors(root, file.Path);
    }

    private object? Next(string name, Func<object?, PickleCursor, object?> persistent)
    {
        var cursor = new PickleCursor(file.Slice(position, file.Length - position), file.Path, name, position);
        var value = new PickleMachine(cursor, persistent).Run();
        position += cursor.Position;
        return value;
    }

    private void RequireVersion(object? version)
    {
        if (version is not Version)
        {
            throw Bad(ModelFault.Unsupported, $"protocol {version as long?} of PyTorch's older layout; {Version} is read");
        }
    }

    private void RequireFacts(object? facts)
    {
        if ((facts as PickleDict)?.Find("little_endian") is not bool)
        {
            throw Bad(ModelFault.BadHeader, "the facts of the machine do not say little_endian");
        }
    }

    private static object NoStorage(object? id, PickleCursor cursor) =>
        throw cursor.Bad(ModelFault.BadHeader, "a storage is named where none can be");

    private ModelFormatException Bad(ModelFault fault, string what) => new(fault, file.Path, what, position);
}
