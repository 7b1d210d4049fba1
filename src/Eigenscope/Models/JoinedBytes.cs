namespace Eigenscope.Models;

/// <summary>Several files, or parts of them, as if they lay one behind the other. They stay with whoever opened them.</summary>
internal sealed class JoinedBytes : ByteSource
{
    private readonly IReadOnlyList<ByteSource> parts;
    private readonly long[] starts;

    /// <param name="path">The path shown in messages.</param>
    /// <param name="parts">The files in order.</param>
    public JoinedBytes(string path, IReadOnlyList<ByteSource> parts)
    {
        (Path, this.parts, starts) = (path, parts, new long[parts.Count]);
        for (var i = 0; i < parts.Count; i++)
        {
            starts[i] = Length;
            Length = checked(Length + parts[i].Length);
        }
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        for (var i = PartAt(offset); destination.Length > 0; i++)
        {
            var at = offset - starts[i];
            var count = (int)Math.Min(destination.Length, parts[i].Length - at);
            parts[i].Read(at, destination[..count]);
            offset += count;
            destination = destination[count..];
        }
    }

    /// <inheritdoc/>
    public override void Fetch(long offset, long length)
    {
        RequireRange(offset, length);
        for (var i = PartAt(offset); length > 0; i++)
        {
            var at = offset - starts[i];
            var count = Math.Min(length, parts[i].Length - at);
            parts[i].Fetch(at, count);
            offset += count;
            length -= count;
        }
    }

    private int PartAt(long offset)
    {
        var place = Array.BinarySearch(starts, offset);
        return place >= 0 ? place : ~place - 1;
    }
}
