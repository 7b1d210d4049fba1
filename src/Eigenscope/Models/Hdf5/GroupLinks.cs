namespace Eigenscope.Models.Hdf5;

/// <summary>The links of a group, wherever it keeps them: a symbol table, link messages, or a fractal heap with an index of names.</summary>
internal static class GroupLinks
{
    /// <summary>The B-tree type of an index of link names: a hash of 4 bytes, then the heap identifier.</summary>
    private const int NameIndex = 5;

    /// <summary>Reads them in the order of the file; those of an index by name.</summary>
    public static List<Hdf5Link> Of(Hdf5File file, ObjectHeader group)
    {
        var links = group.Find(MessageKind.SymbolTable) is { } table ? SymbolTable.Read(file, table) : [];
        links.AddRange(group.All(MessageKind.Link).Select(Hdf5Link.Read));
        if (group.Find(MessageKind.LinkInfo) is { } info)
        {
            links.AddRange(Dense(file, info));
        }

        return links;
    }

    private static IEnumerable<Hdf5Link> Dense(Hdf5File file, Hdf5Cursor info)
    {
        info.ExpectVersion(0, "the link info message");
        info.Skip((info.Byte() & 1) != 0 ? 8 : 0);
        if (info.Address() is not { } heapAt)
        {
            return [];
        }

        var index = info.AddressOf("a group's index of names");
        var heap = new FractalHeap(file, heapAt);
        var links = new List<Hdf5Link>();
        BTree2.Walk(file, index, NameIndex, record =>
        {
            record.Skip(4);
            links.Add(Hdf5Link.Read(heap.Get(record)));
        });
        return links.OrderBy(link => link.Name, StringComparer.Ordinal);
    }
}
