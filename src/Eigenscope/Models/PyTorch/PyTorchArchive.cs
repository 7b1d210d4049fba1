using Eigenscope.Models.Zip;

namespace Eigenscope.Models.PyTorch;

/// <summary>The members of a PyTorch zip: <c>root/data.pkl</c>, <c>root/data/key</c>, <c>root/byteorder</c>. The root's name is free.</summary>
/// <remarks>A TorchScript archive is one too: its code and constants are not opened.</remarks>
internal sealed class PyTorchArchive
{
    private const string PickleName = "/data.pkl";
    private const int MaxByteOrderBytes = 16;

    private readonly ZipDirectory zip;
    private readonly string root;

    private PyTorchArchive(string path, ZipDirectory zip, string root)
    {
        Path = path;
        this.zip = zip;
        this.root = root;
        BigEndian = ReadByteOrder();
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>True where storages hold their elements most significant byte first.</summary>
    public bool BigEndian { get; }

    /// <summary>Finds the pickle of an archive.</summary>
    /// <exception cref="ModelFormatException">There is none, or more than one.</exception>
    public static PyTorchArchive Open(ByteSource file, ZipDirectory directory)
    {
        var pickles = Pickles(directory);
        if (pickles.Count != 1)
        {
            var fault = pickles.Count == 0 ? ModelFault.UnknownFormat : ModelFault.Inconsistent;
            throw new ModelFormatException(fault, file.Path, $"the zip archive holds {pickles.Count} members named root/data.pkl, where a PyTorch file has one");
        }

        return new PyTorchArchive(file.Path, directory, pickles[0].Name[..^PickleName.Length]);
    }

    /// <summary>True for an archive with such a pickle.</summary>
    public static bool Is(ZipDirectory directory) => Pickles(directory).Count > 0;

    /// <summary>Lists the tensors of the saved object.</summary>
    public List<Tensor> Tensors()
    {
        var storages = new ArchiveStorages(this);
        var pickle = Pickle();
        var saved = new PickleMachine(pickle, storages.Resolve).Run();
        pickle.RequireEnd();
        return storages.Tensors(saved, Path);
    }

    /// <summary>The member with the elements of a storage, or null.</summary>
    public ZipMember? Storage(string key) => zip.Find($"{root}/data/{key}");

    private static List<ZipMember> Pickles(ZipDirectory directory) =>
        directory.Members.Where(member => member.Name.EndsWith(PickleName, StringComparison.Ordinal)).ToList();

    private PickleCursor Pickle()
    {
        var member = zip.Find(root + PickleName)!;
        return new PickleCursor(member.Open(PickleCursor.MaxBytes), Path, "data.pkl", member.IsStored ? member.DataOffset : null);
    }

    private bool ReadByteOrder()
    {
        var member = zip.Find($"{root}/byteorder");
        if (member is null)
        {
            return false;
        }

        var bytes = member.Open(MaxByteOrderBytes);
        return System.Text.Encoding.ASCII.GetString(bytes.ReadArray(0, bytes.Length)) switch
        {
            "little" => false,
            "big" => true,
            var other => throw member.Bad(ModelFault.BadHeader, $"says '{other}', where 'little' or 'big' is expected"),
        };
    }
}
