namespace Eigenscope.Models.Hdf5;

/// <summary>Reads the fields of a structure one after the other, little-endian, and never beyond its end.</summary>
/// <param name="file">The file.</param>
/// <param name="bytes">The structure.</param>
/// <param name="offset">Where it lies in the file.</param>
internal sealed class Hdf5Cursor(Hdf5File file, ReadOnlyMemory<byte> bytes, long offset)
{
    private int position;

    /// <summary>The place in the file of the next field.</summary>
    public long Offset => offset + position;

    /// <summary>How many bytes are left.</summary>
    public int Remaining => bytes.Length - position;

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count) => Part(count).Span;

    /// <summary>The next bytes as a structure of their own.</summary>
    public Hdf5Cursor Sub(int count)
    {
        var at = Offset;
        return new Hdf5Cursor(file, Part(count), at);
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(int count) => Part(count);

    /// <summary>An unsigned number of up to eight bytes.</summary>
    public ulong Unsigned(int width)
    {
        var value = 0UL;
        var field = Bytes(width);
        for (var i = width - 1; i >= 0; i--)
        {
            value = (value << 8) | field[i];
        }

        return value;
    }

    /// <summary>One byte.</summary>
    public int Byte() => (int)Unsigned(1);

    /// <summary>Two bytes.</summary>
    public int UInt16() => (int)Unsigned(2);

    /// <summary>Four bytes.</summary>
    public uint UInt32() => (uint)Unsigned(4);

    /// <summary>A length, in the width that the file uses.</summary>
    public long Length() => Size(file.LengthBytes);

    /// <summary>A length; null for all ones, which means without a limit.</summary>
    public long? LengthOrUnlimited()
    {
        var isUnlimited = Remaining >= file.LengthBytes && !bytes.Span.Slice(position, file.LengthBytes).ContainsAnyExcept((byte)0xff);
        if (!isUnlimited)
        {
            return Length();
        }

        Skip(file.LengthBytes);
        return null;
    }

    /// <summary>A size of any width.</summary>
    public long Size(int width)
    {
        var value = Unsigned(width);
        return value <= long.MaxValue ? (long)value : throw Bad(ModelFault.TooLarge, $"a length of {value} bytes is more than any file holds");
    }

    /// <summary>The place in the file that an address means; null for the undefined address, which is all ones.</summary>
    public long? Address()
    {
        var value = Unsigned(file.AddressBytes);
        return value == ulong.MaxValue >> (64 - (8 * file.AddressBytes)) ? null
            : value <= (ulong)(file.Bytes.Length - file.Start) ? file.Start + (long)value
            : throw Bad(ModelFault.Truncated, $"an address of {value} is past the end of the file, which has {file.Bytes.Length} bytes");
    }

    /// <summary>An address that must be defined.</summary>
    public long AddressOf(string what) => Address() ?? throw Bad(ModelFault.BadHeader, $"the address of {what} is undefined");

    /// <summary>Passes over a signature, which must be there.</summary>
    public void Expect(ReadOnlySpan<byte> signature, string what)
    {
        if (!Bytes(signature.Length).SequenceEqual(signature))
        {
            throw new ModelFormatException(ModelFault.BadHeader, file.Bytes.Path, $"{what} was expected here", Offset - signature.Length);
        }
    }

    /// <summary>Passes over a version number, which must be the given one.</summary>
    public void ExpectVersion(int version, string what)
    {
        var found = Byte();
        if (found != version)
        {
            throw Bad(ModelFault.Unsupported, $"version {found} of {what} is not read, only {version}");
        }
    }

    /// <summary>Takes from the allowance of the file.</summary>
    public void Charge(long count) => file.Charge(count, Offset);

    /// <summary>An exception that tells where.</summary>
    public ModelFormatException Bad(ModelFault fault, string what) => file.Bad(fault, Offset, what);

    private ReadOnlyMemory<byte> Part(int count)
    {
        if (count < 0 || count > Remaining)
        {
            throw Bad(ModelFault.BadHeader, $"a structure ends here, and {count} more bytes of it are wanted");
        }

        position += count;
        return bytes.Slice(position - count, count);
    }
}
