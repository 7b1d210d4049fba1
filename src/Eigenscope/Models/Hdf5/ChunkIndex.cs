namespace Eigenscope.Models.Hdf5;

/// <summary>Where a chunk lies.</summary>
/// <param name="Offset">Its place in the file; 0 before it is found.</param>
/// <param name="Bytes">How many bytes are stored.</param>
/// <param name="Mask">The filters that it did not go through.</param>
internal readonly record struct ChunkPlace(long Offset, long Bytes, uint Mask);

/// <summary>Finds all chunks of a dataset. One that was never written is refused: only the fill value is known of it.</summary>
internal static class ChunkIndex
{
    /// <summary>The chunks by their number.</summary>
    public static ChunkPlace[] Read(Hdf5File file, DataLayout.Chunked layout, ChunkGrid grid, Filters filters, long dataset)
    {
        var places = new ChunkPlace[grid.Count];
        if (places.Length == 0)
        {
            return places;
        }

        Fill(places, file, layout, layout.Offset ?? throw Unwritten(file, dataset), grid, filters);
        foreach (var place in places)
        {
            if (place.Offset == 0)
            {
                throw Unwritten(file, dataset);
            }

            file.AddData(place.Offset, place.Bytes);
            filters.RequirePlausible(file, place, grid.ChunkBytes);
        }

        return places;
    }

    /// <summary>What is said of a dataset without data.</summary>
    public static ModelFormatException Unwritten(Hdf5File file, long dataset) =>
        file.Bad(ModelFault.Unsupported, dataset, "a dataset of which a part was never written is not read: it has no values");

    private static void Fill(ChunkPlace[] places, Hdf5File file, DataLayout.Chunked layout, long at, ChunkGrid grid, Filters filters)
    {
        switch (layout.Index)
        {
            case ChunkIndexKind.BTree1:
                FromBTree(places, file, at, grid);
                break;
            case ChunkIndexKind.Single:
                places[0] = places.Length == 1
                    ? new ChunkPlace(at, layout.Single?.Bytes ?? grid.ChunkBytes, layout.Single?.Mask ?? 0)
                    : throw file.Bad(ModelFault.Inconsistent, at, $"a dataset of {places.Length} chunks is said to have one");
                break;
            case ChunkIndexKind.Implicit:
                FromOrder(places, file, at, grid);
                break;
            default:
                FixedArray.Fill(places, file, at, grid, filters);
                break;
        }
    }

    private static void FromBTree(ChunkPlace[] places, Hdf5File file, long root, ChunkGrid grid)
    {
        var rank = grid.Shape.Length;
        new BTree1(file, BTree1.Chunks, 8 + (8 * (rank + 1))).Walk(root, (key, child) =>
        {
            var (bytes, mask, start) = (key.UInt32(), key.UInt32(), new long[rank]);
            for (var axis = 0; axis < rank; axis++)
            {
                start[axis] = key.Size(8);
            }

            var number = grid.At(start);
            if (number < 0 || places[number].Offset != 0)
            {
                throw key.Bad(ModelFault.Inconsistent, $"a chunk is said to start at [{string.Join(", ", start)}], where none does or one was before");
            }

            places[number] = new ChunkPlace(child, bytes, mask);
        });
    }

    private static void FromOrder(ChunkPlace[] places, Hdf5File file, long at, ChunkGrid grid)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var offset = (Int128)at + ((Int128)(grid.InCapacity(i) ?? long.MaxValue) * grid.ChunkBytes);
            places[i] = offset < file.Bytes.Length
                ? new ChunkPlace((long)offset, grid.ChunkBytes, 0)
                : throw file.Bad(ModelFault.Truncated, at, $"chunk {i} should lie at byte {offset}, and the file has {file.Bytes.Length}");
        }
    }
}
