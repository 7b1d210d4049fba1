using Eigenscope.Models.Zip;

namespace Eigenscope.Models.PyTorch;

/// <summary>The members of a PyTorch zip: <c>root/data.pkl</c>, <c>root/data/key</c>, <c>root/byteorder</c>. The root's name is free.</summary>
internal sealed class PyTorchArchive
{
    /// <summary>The largest pickle that is read. State dicts of a hundred thousand tensors stay far below.</summary>
    public const int MaxPickleBytes = 1 << 26;

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

    /// <summary>Opens an archive and refuses TorchScript.</summary>
    public static PyTorchArchive Open(ByteSource file)
    {
        var directory = ZipDirectory.Read(file);
        var pickles = directory.Members.Where(member => member.Name.EndsWith(PickleName, StringComparison.Ordinal)).ToList();
        if (pickles.Count != 1)
        {
            var fault = pickles.Count == 0 ? ModelFault.UnknownFormat : ModelFault.Inconsistent;
            throw new ModelFormatException(fault, file.Path, $"the zip archive holds {pickles.Count} members named root/data.pkl, where a PyTorch file has one");
        }

        var folder = pickles[0].Name[..^PickleName.Length];
        RefuseTorchScript(file.Path, directory, folder);
        return new PyTorchArchive(file.Path, directory, folder);
    }

    /// <summary>The pickle of the saved object.</summary>
    public PickleCursor Pickle()
    {
        var member = zip.Find(root + PickleName)!;
        var bytes = member.Open(MaxPickleBytes);
        return new PickleCursor(bytes.ReadArray(0, bytes.Length), Path, member.IsStored ? member.DataOffset : null);
    }

    /// <summary>The member with the elements of a storage, or null.</summary>
    public ZipMember? Storage(string key) => zip.Find($"{root}/data/{key}");

    private static void RefuseTorchScript(string path, ZipDirectory directory, string folder)
    {
        var isScript = directory.Find($"{folder}/constants.pkl") is not null
            || directory.Members.Any(member => member.Name.StartsWith($"{folder}/code/", StringComparison.Ordinal));
        if (isScript)
        {
            throw new ModelFormatException(ModelFault.Unsupported, path, "a TorchScript archive (constants.pkl, code/) is not read; save torch.jit.load(path).state_dict() with torch.save");
        }
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
