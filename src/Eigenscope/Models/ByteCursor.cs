namespace Eigenscope.Models;

/// <summary>Bytes read forwards, a window at a time. Every length is checked against what is left before anything is taken.</summary>
/// <param name="source">The bytes.</param>
internal sealed class ByteCursor(ByteSource source)
{
    private const int WindowBytes = 1 << 13;

    private byte[] window = [];
    private int held;
    private long windowStart;

    /// <summary>How many bytes were read.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public long Remaining => source.Length - Position;

    /// <summary>The next bytes, which stay next. They are valid until more are read.</summary>
    /// <exception cref="ModelFormatException">The bytes end before that.</exception>
    public ReadOnlySpan<byte> Peek(int count)
    {
        source.RequireRange(Position, count);
        if (Position < windowStart || Position + count > windowStart + held)
        {
            Fill(count);
        }

        return window.AsSpan((int)(Position - windowStart), count);
    }

    /// <summary>The next bytes. They are valid until more are read.</summary>
    /// <exception cref="ModelFormatException">The bytes end before that.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = Peek(count);
        Position += count;
        return taken;
    }

    /// <summary>Passes over bytes without reading them.</summary>
    /// <exception cref="ModelFormatException">The bytes end before that.</exception>
    public void Skip(long count)
    {
        source.RequireRange(Position, count);
        Position += count;
    }

    private void Fill(int count)
    {
        held = (int)Math.Min(Math.Max(count, WindowBytes), Remaining);
        window = window.Length < held ? new byte[held] : window;
        source.Read(Position, window.AsSpan(0, held));
        windowStart = Position;
    }
}
