namespace Eigenscope.Models.Hdf5;

/// <summary>A version 2 B-tree: a header (<c>BTHD</c>), internal nodes (<c>BTIN</c>) and leaves (<c>BTLF</c>), all of which hold records.</summary>
internal sealed class BTree2
{
    private const int NodeOverhead = 10;
    private const int MaxDepth = 16;

    private readonly Hdf5File file;
    private readonly int type;
    private readonly uint nodeBytes;
    private readonly int recordBytes;
    private readonly int countWidth;
    private readonly int[] totalWidths;

    private BTree2(Hdf5File file, Hdf5Cursor header, int expectedType)
    {
        this.file = file;
        header.Expect("BTHD"u8, "a version 2 B-tree");
        header.ExpectVersion(0, "the version 2 B-tree");
        (type, nodeBytes, recordBytes, Depth) = (header.Byte(), header.UInt32(), header.UInt16(), header.UInt16());
        header.Skip(2);
        if (type != expectedType || recordBytes == 0 || nodeBytes < NodeOverhead + recordBytes || Depth > MaxDepth)
        {
            throw header.Bad(ModelFault.Inconsistent, $"a version 2 B-tree of type {type}, depth {Depth}, nodes of {nodeBytes} and records of {recordBytes} bytes was not expected here");
        }

        (Root, RootCount) = (header.Address(), header.UInt16());
        var most = (nodeBytes - NodeOverhead) / (ulong)recordBytes;
        countWidth = FieldWidth.Of(most);
        totalWidths = TotalWidths(most);
    }

    private int Depth { get; }

    private long? Root { get; }

    private int RootCount { get; }

    /// <summary>Walks the records of a tree in order.</summary>
    public static void Walk(Hdf5File file, long at, int expectedType, Action<Hdf5Cursor> found)
    {
        var tree = new BTree2(file, file.Metadata(at, 16 + file.AddressBytes + 2), expectedType);
        if (tree.Root is { } root)
        {
            tree.Walk(root, tree.RootCount, tree.Depth, found);
        }
    }

    /// <summary>The widths of the fields that count the records below a node, by its level.</summary>
    private int[] TotalWidths(ulong leafMost)
    {
        var widths = new int[Depth + 1];
        var total = (UInt128)leafMost;
        for (var level = 1; level <= Depth; level++)
        {
            var pointer = PointerBytes(widths[level - 1]);
            var most = nodeBytes > NodeOverhead + pointer ? (UInt128)((nodeBytes - NodeOverhead - pointer) / (recordBytes + pointer)) : 0;
            total = UInt128.Min(ulong.MaxValue, ((most + 1) * total) + most);
            widths[level] = FieldWidth.Of((ulong)total);
        }

        return widths;
    }

    private int PointerBytes(int totalWidth) => file.AddressBytes + countWidth + totalWidth;

    private void Walk(long at, long count, int level, Action<Hdf5Cursor> found)
    {
        file.Visit(at, "a B-tree node");
        var width = level == 0 ? 0 : totalWidths[level - 1];
        RequireFits(at, count);
        var pointers = level == 0 ? 0 : (count + 1) * PointerBytes(width);
        var node = file.Metadata(at, 6 + (count * recordBytes) + pointers);
        node.Expect(level == 0 ? "BTLF"u8 : "BTIN"u8, "a node of a version 2 B-tree");
        node.ExpectVersion(0, "the B-tree node");
        node.Skip(1);
        for (var i = 0L; i < count; i++)
        {
            found(node.Sub(recordBytes));
        }

        for (var i = 0L; level > 0 && i <= count; i++)
        {
            var child = node.AddressOf("a B-tree child");
            var childCount = node.Size(countWidth);
            node.Skip(width);
            Walk(child, childCount, level - 1, found);
        }
    }

    private void RequireFits(long at, long count)
    {
        if (count > nodeBytes / recordBytes)
        {
            throw file.Bad(ModelFault.Inconsistent, at, $"a B-tree node of {nodeBytes} bytes is said to hold {count} records of {recordBytes}");
        }
    }
}
