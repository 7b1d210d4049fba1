namespace Eigenscope.Models;

/// <summary>A part of a file under a path of its own, such as <c>model.zip!policy.pth</c>.</summary>
internal sealed class RenamedBytes(ByteSource bytes, string path) : ByteSource
{
    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        bytes.Read(offset, destination);
    }

    /// <inheritdoc/>
    public override void Fetch(long offset, long length) => bytes.Fetch(offset, length);
}
