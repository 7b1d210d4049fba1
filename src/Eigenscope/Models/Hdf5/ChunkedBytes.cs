namespace Eigenscope.Models.Hdf5;

/// <summary>The elements of a chunked dataset as if they lay one behind the other in row-major order; chunks are decoded when they are needed.</summary>
internal sealed class ChunkedBytes(Hdf5File file, ChunkGrid grid, ChunkPlace[] places, Filters filters) : ByteSource
{
    private readonly long[] strides = Tensor.RowMajor(grid.Shape);
    private readonly long[] chunkStrides = Tensor.RowMajor(grid.ChunkShape);

    /// <inheritdoc/>
    public override string Path => file.Bytes.Path;

    /// <inheritdoc/>
    public override long Length { get; } = grid.Shape.Aggregate((long)grid.ElementBytes, (bytes, size) => bytes * size);

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        while (destination.Length > 0)
        {
            var count = ReadRun(offset, destination);
            destination = destination[count..];
            offset += count;
        }
    }

    /// <summary>Reads from an element on, up to the end of its chunk's row.</summary>
    private int ReadRun(long offset, Span<byte> destination)
    {
        var (start, place, left) = (new long[grid.Shape.Length], 0L, 0L);
        var element = offset / grid.ElementBytes;
        for (var axis = 0; axis < start.Length; axis++)
        {
            var index = element / strides[axis];
            element %= strides[axis];
            var inside = index % grid.ChunkShape[axis];
            start[axis] = index - inside;
            place += inside * chunkStrides[axis];
            left = Math.Min(grid.ChunkShape[axis] - inside, grid.Shape[axis] - index);
        }

        var inElement = offset % grid.ElementBytes;
        var count = (int)Math.Min(destination.Length, (left * grid.ElementBytes) - inElement);
        var chunk = file.Chunks.Get(this, grid.At(start), Decode);
        chunk.AsSpan((int)((place * grid.ElementBytes) + inElement), count).CopyTo(destination);
        return count;
    }

    private byte[] Decode(int number)
    {
        var place = places[number];
        return filters.Decode(file.Bytes.ReadArray(place.Offset, place.Bytes), place, grid.ChunkBytes, grid.ElementBytes, Path);
    }
}
