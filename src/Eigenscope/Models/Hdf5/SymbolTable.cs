namespace Eigenscope.Models.Hdf5;

/// <summary>A group of the older kind: a B-tree of symbol nodes (<c>SNOD</c>), with the names in a local heap (<c>HEAP</c>).</summary>
internal sealed class SymbolTable
{
    private const int SoftLink = 2;

    private readonly Hdf5File file;
    private readonly long heapOffset;
    private readonly byte[] names;
    private readonly List<Hdf5Link> links = [];

    private SymbolTable(Hdf5File file, long heap)
    {
        this.file = file;
        var header = file.Metadata(heap, 8 + (2 * file.LengthBytes) + file.AddressBytes);
        header.Expect("HEAP"u8, "a local heap");
        header.ExpectVersion(0, "the local heap");
        header.Skip(3);
        var size = header.Length();
        header.Skip(file.LengthBytes);
        heapOffset = header.AddressOf("a local heap's names");
        names = file.Metadata(heapOffset, size).Bytes((int)Math.Min(size, int.MaxValue)).ToArray();
    }

    /// <summary>Reads the links of a group from its symbol table message.</summary>
    public static List<Hdf5Link> Read(Hdf5File file, Hdf5Cursor message)
    {
        var tree = message.AddressOf("a group's B-tree");
        var table = new SymbolTable(file, message.AddressOf("a group's heap"));
        new BTree1(file, BTree1.Groups, file.LengthBytes).Walk(tree, (_, node) => table.ReadNode(node));
        return table.links;
    }

    private void ReadNode(long at)
    {
        file.Visit(at, "a symbol node");
        var prefix = file.Metadata(at, 8);
        prefix.Expect("SNOD"u8, "a symbol node");
        prefix.ExpectVersion(1, "the symbol node");
        prefix.Skip(1);
        var count = prefix.UInt16();
        var entries = file.Metadata(at + 8, (long)count * ((2 * file.AddressBytes) + 24));
        for (var i = 0; i < count; i++)
        {
            links.Add(ReadEntry(entries));
        }
    }

    private Hdf5Link ReadEntry(Hdf5Cursor entries)
    {
        var name = NameAt(entries, entries.Size(file.AddressBytes));
        var target = entries.Address();
        var isSoft = entries.UInt32() == SoftLink;
        entries.Skip(20);
        return isSoft ? new Hdf5Link(name, null)
            : new Hdf5Link(name, target ?? throw entries.Bad(ModelFault.BadHeader, $"the address of '{name}' is undefined"));
    }

    private string NameAt(Hdf5Cursor entry, long offset)
    {
        if (offset >= names.Length)
        {
            throw entry.Bad(ModelFault.Inconsistent, $"a name is said to start at byte {offset} of a heap of {names.Length}");
        }

        var rest = names.AsMemory((int)offset);
        var length = rest.Span.IndexOf((byte)0);
        return Hdf5Link.NameOf(new Hdf5Cursor(file, rest, heapOffset + offset), length < 0 ? rest.Length : length);
    }
}
