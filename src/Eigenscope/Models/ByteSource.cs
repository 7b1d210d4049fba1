namespace Eigenscope.Models;

/// <summary>
/// Bytes that can be read at any position: a file, a member of an archive, a range behind HTTP. Reading is thread-safe and
/// never moves a shared position.
/// </summary>
public abstract class ByteSource : IDisposable
{
    /// <summary>The path shown in messages.</summary>
    public abstract string Path { get; }

    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>.</summary>
    /// <exception cref="ModelFormatException">The bytes end before that (<see cref="ModelFault.Truncated"/>).</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <summary>Has a part at hand before it is read in small pieces, where bytes come from far away.</summary>
    /// <exception cref="ModelFormatException">They cannot be had.</exception>
    public virtual void Fetch(long offset, long length)
    {
    }

    /// <summary>The bytes from <paramref name="offset"/> as an array of <paramref name="count"/>, which is checked against <see cref="Length"/> first.</summary>
    /// <exception cref="ModelFormatException">The bytes end before that.</exception>
    public byte[] ReadArray(long offset, long count)
    {
        RequireRange(offset, count);
        var bytes = new byte[count];
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>A part of these bytes as a source of its own.</summary>
    /// <exception cref="ModelFormatException">The part reaches past the end.</exception>
    public ByteSource Slice(long offset, long length)
    {
        RequireRange(offset, length);
        return new ByteSlice(this, offset, length);
    }

    /// <summary>Throws unless <paramref name="count"/> bytes are there at <paramref name="offset"/>. Safe against overflow.</summary>
    /// <exception cref="ModelFormatException">They are not.</exception>
    public void RequireRange(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
        {
            throw new ModelFormatException(ModelFault.Truncated, Path, $"the file holds {Length} bytes, and {count} are wanted at {offset}", offset);
        }
    }

    /// <summary>Closes the underlying file, where this source owns one.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    private sealed class ByteSlice(ByteSource whole, long start, long length) : ByteSource
    {
        public override string Path => whole.Path;

        public override long Length => length;

        public override void Read(long offset, Span<byte> destination)
        {
            RequireRange(offset, destination.Length);
            whole.Read(start + offset, destination);
        }

        public override void Fetch(long offset, long length)
        {
            RequireRange(offset, length);
            whole.Fetch(start + offset, length);
        }
    }
}
