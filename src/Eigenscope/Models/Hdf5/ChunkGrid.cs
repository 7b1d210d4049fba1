namespace Eigenscope.Models.Hdf5;

/// <summary>A dataset cut into chunks of equal shape, numbered in row-major order; those at the far edges are stored whole.</summary>
internal sealed class ChunkGrid
{
    /// <summary>Larger chunks are not held in memory.</summary>
    private const long MaxChunkBytes = 1 << 30;

    private readonly long[] counts;

    /// <summary>Checks the chunk shape of a dataset.</summary>
    public ChunkGrid(Hdf5File file, long offset, Dataspace space, long[] chunkShape, int elementBytes)
    {
        if (chunkShape.Length != space.Shape.Length + 1 || space.Shape.Length == 0 || chunkShape[^1] != elementBytes || chunkShape.Contains(0))
        {
            throw file.Bad(ModelFault.Inconsistent, offset, $"chunks of shape {string.Join('x', chunkShape)} do not divide a dataset of shape {string.Join('x', space.Shape)} with elements of {elementBytes} bytes");
        }

        (Shape, ChunkShape, ElementBytes) = (space.Shape, chunkShape[..^1], elementBytes);
        ChunkBytes = RequireSize(file, offset, chunkShape);
        counts = [.. Shape.Zip(ChunkShape, Pieces)];
        Count = RequireCount(file, offset);
        Capacity = [.. space.Most.Zip(ChunkShape, (most, chunk) => most is { } size ? Pieces(size, chunk) : (long?)null)];
    }

    /// <summary>The shape of the dataset.</summary>
    public long[] Shape { get; }

    /// <summary>The shape of a chunk.</summary>
    public long[] ChunkShape { get; }

    /// <summary>The bytes of an element.</summary>
    public int ElementBytes { get; }

    /// <summary>The bytes of a chunk.</summary>
    public int ChunkBytes { get; }

    /// <summary>The number of chunks.</summary>
    public int Count { get; }

    /// <summary>How many chunks there may be along each axis; null for an axis without a limit.</summary>
    private long?[] Capacity { get; }

    /// <summary>The number of the chunk that starts at an element; -1 where none does.</summary>
    public int At(ReadOnlySpan<long> start)
    {
        var number = 0L;
        for (var axis = 0; axis < start.Length; axis++)
        {
            var place = start[axis] / ChunkShape[axis];
            if (start[axis] % ChunkShape[axis] != 0 || place >= counts[axis])
            {
                return -1;
            }

            number = (number * counts[axis]) + place;
        }

        return (int)number;
    }

    /// <summary>The number that a chunk has in a table for the largest shape to which the dataset may grow; null where that is too large to say.</summary>
    public long? InCapacity(int number)
    {
        var (place, step) = ((Int128)0, (Int128)1);
        long rest = number;
        for (var axis = counts.Length - 1; axis >= 0; axis--)
        {
            place += rest % counts[axis] * step;
            rest /= counts[axis];
            step = Int128.Min(long.MaxValue, step * (Capacity[axis] ?? long.MaxValue));
        }

        return place <= long.MaxValue ? (long)place : null;
    }

    private static long Pieces(long size, long chunk) => size == 0 ? 0 : ((size - 1) / chunk) + 1;

    private static int RequireSize(Hdf5File file, long offset, long[] chunkShape)
    {
        var bytes = (Int128)1;
        foreach (var size in chunkShape)
        {
            bytes *= size;
            if (bytes > MaxChunkBytes)
            {
                throw file.Bad(ModelFault.TooLarge, offset, $"chunks of shape {string.Join('x', chunkShape)} are not read, only those of up to {MaxChunkBytes} bytes");
            }
        }

        return (int)bytes;
    }

    /// <summary>Each chunk takes a byte at least, and a place in an index.</summary>
    private int RequireCount(Hdf5File file, long offset)
    {
        var count = (Int128)1;
        foreach (var pieces in counts)
        {
            count *= pieces;
            if (count > file.Bytes.Length || count > int.MaxValue / 16)
            {
                throw file.Bad(ModelFault.Inconsistent, offset, $"a dataset of shape {string.Join('x', Shape)} in chunks of {string.Join('x', ChunkShape)} is more than the file can hold");
            }
        }

        return (int)count;
    }
}
