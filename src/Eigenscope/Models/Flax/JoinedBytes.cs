namespace Eigenscope.Models.Flax;

/// <summary>Parts of a file as if they lay one after the other.</summary>
internal sealed class JoinedBytes : ByteSource
{
    private readonly List<ByteSource> parts;
    private readonly long[] starts;

    /// <summary>Joins parts, of which there must be one.</summary>
    public JoinedBytes(List<ByteSource> parts)
    {
        this.parts = parts;
        starts = new long[parts.Count];
        foreach (var (i, part) in parts.Index())
        {
            starts[i] = Length;
            Length += part.Length;
        }
    }

    /// <inheritdoc/>
    public override string Path => parts[0].Path;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        for (var i = PartAt(offset); destination.Length > 0; i++)
        {
            var inside = offset - starts[i];
            var count = (int)Math.Min(destination.Length, parts[i].Length - inside);
            parts[i].Read(inside, destination[..count]);
            destination = destination[count..];
            offset += count;
        }
    }

    private int PartAt(long offset)
    {
        var found = Array.BinarySearch(starts, offset);
        return found >= 0 ? found : ~found - 1;
    }
}
