using Eigenscope.Models;

namespace Eigenscope.Tests.Models.Zip;

/// <summary>An array as the bytes of a file.</summary>
internal sealed class MemoryBytes(byte[] bytes, string path = "memory.bin") : ByteSource
{
    public override string Path => path;

    public override long Length => bytes.Length;

    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
    }
}
