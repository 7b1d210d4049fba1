namespace Eigenscope.Models.Hdf5;

/// <summary>A dataset of numbers.</summary>
internal sealed record Hdf5Dataset(NumberType Number, long[] Shape, ByteSource Bytes, long Offset)
{
    /// <summary>Reads a dataset's header; null where it holds no numbers.</summary>
    public static Hdf5Dataset? Read(Hdf5File file, ObjectHeader header, long at)
    {
        var space = Dataspace.Read(header.Get(MessageKind.Dataspace));
        var number = NumberType.Read(header.Get(MessageKind.Datatype));
        if (space is null || number is null)
        {
            return null;
        }

        if (header.Find(MessageKind.ExternalFiles) is { } external)
        {
            throw external.Bad(ModelFault.Unsupported, "a dataset whose elements lie in other files is not read, and none is opened: copy the file with h5repack");
        }

        return DataLayout.Read(header.Get(MessageKind.Layout)) switch
        {
            DataLayout.Chunked chunked => InChunks(file, header, at, space, number, chunked),
            DataLayout.OnePiece piece => InOnePiece(file, at, space, number, piece),
            _ => null,
        };
    }

    /// <summary>The dataset as a tensor.</summary>
    public Tensor ToTensor(string name) => new(name, Number.Type, Shape, Bytes, Offset, Number.BigEndian);

    private static Hdf5Dataset InOnePiece(Hdf5File file, long at, Dataspace space, NumberType number, DataLayout.OnePiece piece)
    {
        var bytes = space.Shape.Aggregate((Int128)number.Type.Bits() / 8, (product, size) => Int128.Min(long.MaxValue, product * size));
        if (bytes == 0)
        {
            return new Hdf5Dataset(number, space.Shape, file.Bytes, 0);
        }

        if (bytes != piece.Bytes)
        {
            throw file.Bad(ModelFault.Inconsistent, at, $"a dataset of shape {string.Join('x', space.Shape)} takes {bytes} bytes, and {piece.Bytes} are stored");
        }

        var offset = piece.Offset ?? throw ChunkIndex.Unwritten(file, at);
        file.AddData(offset, piece.Bytes);
        return new Hdf5Dataset(number, space.Shape, file.Bytes, offset);
    }

    private static Hdf5Dataset InChunks(Hdf5File file, ObjectHeader header, long at, Dataspace space, NumberType number, DataLayout.Chunked layout)
    {
        var filters = header.Find(MessageKind.Filters) is { } message ? Filters.Read(message) : Filters.None;
        var grid = new ChunkGrid(file, at, space, layout.ChunkShape, number.Type.Bits() / 8);
        var places = ChunkIndex.Read(file, layout, grid, filters, at);
        return new Hdf5Dataset(number, space.Shape, new ChunkedBytes(file, grid, places, filters), 0);
    }
}
