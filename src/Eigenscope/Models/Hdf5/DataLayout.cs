namespace Eigenscope.Models.Hdf5;

/// <summary>How the chunks of a dataset are found.</summary>
internal enum ChunkIndexKind
{
    /// <summary>A version 1 B-tree.</summary>
    BTree1,

    /// <summary>There is one chunk.</summary>
    Single,

    /// <summary>All chunks lie one behind the other.</summary>
    Implicit,

    /// <summary>A table of fixed size.</summary>
    FixedArray,
}

/// <summary>Where the elements of a dataset are, as its layout message says.</summary>
internal abstract record DataLayout
{
    /// <summary>In the message itself, or in one piece; null where nothing was ever written.</summary>
    public sealed record OnePiece(long? Offset, long Bytes) : DataLayout;

    /// <summary>In chunks.</summary>
    /// <param name="ChunkShape">The lengths of a chunk, and last the bytes of an element.</param>
    /// <param name="Index">How chunks are found.</param>
    /// <param name="Offset">Where the index, or the single or first chunk, is; null where nothing was ever written.</param>
    /// <param name="Single">The stored bytes and the filter mask of a single chunk with filters.</param>
    public sealed record Chunked(long[] ChunkShape, ChunkIndexKind Index, long? Offset, (long Bytes, uint Mask)? Single = null) : DataLayout;

    private const int CompactClass = 0;
    private const int ContiguousClass = 1;
    private const int ChunkedClass = 2;
    private const int VirtualClass = 3;

    private static readonly Dictionary<int, string> OtherIndexes = new() { [4] = "an extensible array", [5] = "a version 2 B-tree" };

    /// <summary>Reads a layout message.</summary>
    public static DataLayout Read(Hdf5Cursor body)
    {
        var version = body.Byte();
        if (version is not (3 or 4))
        {
            throw body.Bad(ModelFault.Unsupported, $"version {version} of the data layout is not read, only 3 and 4: copy the file with h5repack");
        }

        var kind = body.Byte();
        return kind switch
        {
            CompactClass => Compact(body),
            ContiguousClass => new OnePiece(body.Address(), body.Length()),
            ChunkedClass => version == 3 ? OldChunks(body) : NewChunks(body),
            VirtualClass => throw body.Bad(ModelFault.Unsupported, "a virtual dataset, whose elements lie in other datasets, is not read: copy it into a plain one"),
            _ => throw body.Bad(ModelFault.BadHeader, $"a data layout of the unknown class {kind}"),
        };
    }

    private static OnePiece Compact(Hdf5Cursor body)
    {
        var bytes = body.UInt16();
        var offset = body.Offset;
        body.Skip(bytes);
        return new OnePiece(offset, bytes);
    }

    private static Chunked OldChunks(Hdf5Cursor body)
    {
        var axes = body.Byte();
        var at = body.Address();
        return new Chunked(Shape(body, axes, 4), ChunkIndexKind.BTree1, at);
    }

    private static Chunked NewChunks(Hdf5Cursor body)
    {
        var (flags, axes, width) = (body.Byte(), body.Byte(), body.Byte());
        if ((flags & 1) != 0 || width is 0 or > 8)
        {
            throw body.Bad(ModelFault.Unsupported, "chunks whose filters are left out at the edges of the dataset are not read: copy the file with h5repack");
        }

        var shape = Shape(body, axes, width);
        var kind = body.Byte();
        switch (kind)
        {
            case 1:
                (long, uint)? single = (flags & 2) != 0 ? (body.Length(), body.UInt32()) : null;
                return new Chunked(shape, ChunkIndexKind.Single, body.Address(), single);
            case 2:
                return new Chunked(shape, ChunkIndexKind.Implicit, body.Address());
            case 3:
                body.Skip(1);
                return new Chunked(shape, ChunkIndexKind.FixedArray, body.Address());
            default:
                throw body.Bad(ModelFault.Unsupported, $"chunks found by {OtherIndexes.GetValueOrDefault(kind, "index " + kind)} are not read: copy the file with h5repack --low=0 --high=0, or make the dataset of fixed size");
        }
    }

    private static long[] Shape(Hdf5Cursor body, int axes, int width)
    {
        var shape = new long[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            shape[axis] = body.Size(width);
        }

        return shape;
    }
}
