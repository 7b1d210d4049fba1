using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Models.Zip;

/// <summary>
/// One header of a member. The central one (<c>PK 01 02</c>, 46 bytes) and the local one (<c>PK 03 04</c>, 30 bytes) state the same
/// facts; sizes of 2^32-1 stand for wide ones in the zip64 extra field (id 1).
/// </summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Flags">The general purpose bits.</param>
/// <param name="Method">0 for stored, 8 for deflated.</param>
/// <param name="PackedSize">The bytes in the archive.</param>
/// <param name="Size">The bytes once inflated, as stated.</param>
/// <param name="LocalOffset">Where the local header starts.</param>
/// <param name="HeaderBytes">The length of this header with its name and fields.</param>
internal sealed record ZipEntry(string Path, string Name, int Flags, int Method, long PackedSize, long Size, long LocalOffset, int HeaderBytes)
{
    /// <summary>The length of a local header without its name and extra field.</summary>
    public const int LocalBytes = 30;

    private const int CentralBytes = 46;
    private const int Utf8Name = 0x800;
    private const int SizesFollow = 0x8;

    /// <summary>Encrypted, patched, strongly encrypted, masked.</summary>
    private const int RefusedFlags = 0x1 | 0x20 | 0x40 | 0x2000;

    /// <summary>True where the local header may leave the sizes to a record after the data.</summary>
    public bool LeavesSizesOut => (Flags & SizesFollow) != 0;

    /// <summary>Reads a central header at the start of <paramref name="bytes"/>.</summary>
    public static ZipEntry Central(string path, ReadOnlySpan<byte> bytes, long offset)
    {
        var fields = Fields(path, bytes, "PK\x01\x02"u8, CentralBytes, nameLength: 28, offset);
        var comment = BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
        if (comment > bytes.Length - fields.HeaderBytes)
        {
            throw Broken(path, offset);
        }

        var shared = Shared(path, bytes[8..], sizes: 12, fields, offset, BinaryPrimitives.ReadUInt32LittleEndian(bytes[42..]));
        return shared with { HeaderBytes = fields.HeaderBytes + comment };
    }

    /// <summary>Reads a local header, of which <paramref name="bytes"/> holds the fixed part, name and extra field.</summary>
    public static ZipEntry Local(string path, ReadOnlySpan<byte> bytes, long offset)
    {
        var fields = Fields(path, bytes, ZipDirectory.Signature, LocalBytes, nameLength: 26, offset);
        return Shared(path, bytes[6..], sizes: 12, fields, offset, offset);
    }

    /// <summary>The length of the name and extra field that follow a local header's fixed part.</summary>
    public static int LocalTail(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);

    /// <summary>The name in a local header, or as much of it as <paramref name="bytes"/> holds.</summary>
    public static ReadOnlySpan<byte> LocalName(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[LocalBytes..];
        return rest[..Math.Min(rest.Length, BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]))];
    }

    private static FieldSpans Fields(string path, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature, int fixedBytes, int nameLength, long offset)
    {
        if (bytes.Length < fixedBytes || !bytes.StartsWith(signature))
        {
            throw Broken(path, offset);
        }

        var name = BinaryPrimitives.ReadUInt16LittleEndian(bytes[nameLength..]);
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(nameLength + 2)..]);
        return name + extra <= bytes.Length - fixedBytes
            ? new FieldSpans(bytes.Slice(fixedBytes, name), bytes.Slice(fixedBytes + name, extra), fixedBytes + name + extra)
            : throw Broken(path, offset);
    }

    private static ZipEntry Shared(string path, ReadOnlySpan<byte> bytes, int sizes, FieldSpans fields, long offset, long localOffset)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        var name = Text(path, fields.Name, flags, offset);
        RequireReadable(path, name, flags, method, offset);
        var wide = new WideFields(WideField(fields.Extra));
        var size = wide.Widen(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizes + 4)..]));
        var packed = wide.Widen(BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizes..]));
        return new ZipEntry(path, name, flags, method, packed, size, wide.Widen(localOffset), fields.HeaderBytes);
    }

    private static void RequireReadable(string path, string name, int flags, int method, long offset)
    {
        if ((flags & RefusedFlags) != 0)
        {
            throw new ModelFormatException(ModelFault.Unsupported, path, $"zip member '{name}' is encrypted or a patch (flags 0x{flags:x}); only plain members are read", offset);
        }

        if (method is not 0 and not 8)
        {
            throw new ModelFormatException(ModelFault.Unsupported, path, $"zip member '{name}' is packed by method {method}; stored (0) and deflated (8) are read", offset);
        }
    }

    private static string Text(string path, ReadOnlySpan<byte> name, int flags, long offset)
    {
        if (name.IsEmpty || name.Contains((byte)0))
        {
            throw new ModelFormatException(ModelFault.BadHeader, path, "a zip member has an empty name, or a zero byte in it", offset);
        }

        return (flags & Utf8Name) != 0 ? Utf8(path, name, offset) : Encoding.Latin1.GetString(name);
    }

    private static string Utf8(string path, ReadOnlySpan<byte> name, long offset) =>
        System.Text.Unicode.Utf8.IsValid(name)
            ? Encoding.UTF8.GetString(name)
            : throw new ModelFormatException(ModelFault.BadHeader, path, "the name of a zip member is not UTF-8", offset);

    private static ReadOnlySpan<byte> WideField(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static ModelFormatException Broken(string path, long offset) =>
        new(ModelFault.BadHeader, path, "a zip header is broken or cut short", offset);

    private readonly ref struct FieldSpans(ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra, int headerBytes)
    {
        public ReadOnlySpan<byte> Name { get; } = name;

        public ReadOnlySpan<byte> Extra { get; } = extra;

        public int HeaderBytes { get; } = headerBytes;
    }

    /// <summary>The zip64 field holds, in order, a wide number for each saturated narrow one and for no other.</summary>
    private ref struct WideFields(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> rest = rest;

        public long Widen(long narrow)
        {
            if (narrow != uint.MaxValue || rest.Length < 8)
            {
                return narrow;
            }

            var wide = BinaryPrimitives.ReadInt64LittleEndian(rest);
            rest = rest[8..];
            return wide;
        }
    }
}
