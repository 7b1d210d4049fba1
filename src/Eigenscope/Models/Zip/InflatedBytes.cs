using System.IO.Compression;

namespace Eigenscope.Models.Zip;

/// <summary>
/// A deflated member as bytes at any position. It is inflated whole when it is first read, into memory, and never beyond the length
/// that the caller agreed to; any other length is an error.
/// </summary>
internal sealed class InflatedBytes : ByteSource
{
    private readonly ByteSource packed;
    private readonly string member;
    private readonly Lazy<byte[]> content;

    /// <summary>Makes the source; nothing is read yet.</summary>
    public InflatedBytes(ByteSource packed, string member, long length)
    {
        this.packed = packed;
        this.member = member;
        Length = length <= Array.MaxLength
            ? length
            : throw new ModelFormatException(ModelFault.TooLarge, packed.Path, $"zip member '{member}' holds {length} deflated bytes, which do not fit in memory at once; store it without compression");
        content = new Lazy<byte[]>(Inflate, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <inheritdoc/>
    public override string Path => packed.Path;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        content.Value.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }

    /// <summary>Reads from a deflate stream until <paramref name="destination"/> is full or the stream ends.</summary>
    /// <returns>The number of bytes read.</returns>
    public static int Fill(DeflateStream stream, Span<byte> destination, string path, string member)
    {
        try
        {
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, path, $"zip member '{member}' is no valid deflate stream", inner: e);
        }
    }

    private byte[] Inflate()
    {
        using var stream = new DeflateStream(new ByteSourceStream(packed), CompressionMode.Decompress);
        var bytes = new byte[Length];
        if (Fill(stream, bytes, Path, member) < Length || Fill(stream, new byte[1], Path, member) > 0)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, Path, $"zip member '{member}' does not inflate to the {Length} bytes that it states");
        }

        return bytes;
    }
}
