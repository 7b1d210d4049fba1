using System.Buffers.Binary;

namespace Eigenscope.Models.Zip;

/// <summary>
/// Where the central directory lies: the end record (<c>PK 05 06</c>, the last thing in the file but a comment), and before it,
/// in archives with large members, the zip64 locator (<c>PK 06 07</c>) and the zip64 end record (<c>PK 06 06</c>) with wide fields.
/// </summary>
internal readonly record struct ZipEnd(long DirectoryOffset, long DirectorySize, long Count)
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int WideEndBytes = 56;

    /// <summary>Finds and checks the end record.</summary>
    public static ZipEnd Find(ByteSource file)
    {
        var tailBytes = Math.Min(file.Length, EndBytes + ushort.MaxValue);
        var tail = file.ReadArray(file.Length - tailBytes, tailBytes);
        var index = LastEnd(tail);
        if (index < 0)
        {
            throw new ModelFormatException(ModelFault.Truncated, file.Path, "the zip archive has no end record: the file was cut short, or something was appended");
        }

        var offset = file.Length - tail.Length + index;
        var narrow = Narrow(file, tail.AsSpan(index), offset);
        var (end, directoryEnd) = HasLocator(file, offset) ? Wide(file, offset - LocatorBytes, narrow) : (narrow, offset);
        return end.EndingAt(file, directoryEnd);
    }

    private static int LastEnd(byte[] tail)
    {
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            var record = tail.AsSpan(at);
            if (record.StartsWith("PK\x05\x06"u8) && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - EndBytes)
            {
                return at;
            }
        }

        return -1;
    }

    private static ZipEnd Narrow(ByteSource file, ReadOnlySpan<byte> record, long offset)
    {
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        if (disk is not 0 and not ushort.MaxValue)
        {
            throw new ModelFormatException(ModelFault.Unsupported, file.Path, "a zip archive split over several files is not read; join it first", offset);
        }

        return new ZipEnd(
            BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]));
    }

    private static bool HasLocator(ByteSource file, long endOffset) =>
        endOffset >= LocatorBytes && file.ReadArray(endOffset - LocatorBytes, 4).AsSpan().SequenceEqual("PK\x06\x07"u8);

    private static (ZipEnd End, long DirectoryEnd) Wide(ByteSource file, long locatorOffset, ZipEnd narrow)
    {
        var offset = BinaryPrimitives.ReadInt64LittleEndian(file.ReadArray(locatorOffset + 8, 8));
        var record = file.ReadArray(offset, WideEndBytes).AsSpan();
        if (!record.StartsWith("PK\x06\x06"u8) || BinaryPrimitives.ReadInt64LittleEndian(record[4..]) != locatorOffset - offset - 12)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file.Path, "the zip64 locator points at no zip64 end record", locatorOffset);
        }

        var wide = new ZipEnd(
            BinaryPrimitives.ReadInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]));
        return narrow.AgreesWith(wide)
            ? (wide, offset)
            : throw new ModelFormatException(ModelFault.Inconsistent, file.Path, "the zip end record and the zip64 end record disagree", offset);
    }

    private bool AgreesWith(ZipEnd wide) =>
        (DirectoryOffset == uint.MaxValue || DirectoryOffset == wide.DirectoryOffset)
        && (DirectorySize == uint.MaxValue || DirectorySize == wide.DirectorySize)
        && (Count == ushort.MaxValue || Count == wide.Count);

    private ZipEnd EndingAt(ByteSource file, long directoryEnd) =>
        DirectoryOffset >= 0 && DirectorySize >= 0 && DirectorySize <= directoryEnd && DirectoryOffset == directoryEnd - DirectorySize
            ? this
            : throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"the zip directory is said to take {DirectorySize} bytes at {DirectoryOffset}, and its end record starts at {directoryEnd}", directoryEnd);
}
