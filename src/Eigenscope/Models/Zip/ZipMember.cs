using System.IO.Compression;

namespace Eigenscope.Models.Zip;

/// <summary>One member of a zip archive, located by its local header.</summary>
internal sealed class ZipMember
{
    /// <summary>No deflate stream expands further than this: a match of 258 bytes in two bits.</summary>
    private const int MaxExpansion = 1032;

    private readonly ByteSource file;
    private readonly ZipEntry entry;

    private ZipMember(ByteSource file, ZipEntry entry, long dataOffset)
    {
        this.file = file;
        this.entry = entry;
        DataOffset = dataOffset;
    }

    /// <summary>The name, with forward slashes.</summary>
    public string Name => entry.Name;

    /// <summary>The number of bytes once inflated, as stated.</summary>
    public long Size => entry.Size;

    /// <summary>True where the bytes lie in the archive as they are.</summary>
    public bool IsStored => entry.Method == 0;

    /// <summary>The byte of the archive at which the local header starts.</summary>
    public long HeaderOffset => entry.LocalOffset;

    /// <summary>The byte of the archive at which the data start.</summary>
    public long DataOffset { get; }

    /// <summary>The byte of the archive after the data.</summary>
    public long DataEnd => DataOffset + entry.PackedSize;

    /// <summary>Finds a member's data through its local header, which must say what the directory says.</summary>
    public static ZipMember Locate(ByteSource file, ZipEntry entry)
    {
        var fixedPart = file.ReadArray(entry.LocalOffset, ZipEntry.LocalBytes);
        var header = file.ReadArray(entry.LocalOffset, ZipEntry.LocalBytes + ZipEntry.LocalTail(fixedPart));
        var local = ZipEntry.Local(file.Path, header, entry.LocalOffset);
        var member = new ZipMember(file, entry, entry.LocalOffset + header.Length);
        member.RequireAgreement(local);
        file.RequireRange(member.DataOffset, entry.PackedSize);
        return member;
    }

    /// <summary>The bytes of the member, inflated when they are first read.</summary>
    /// <param name="cap">The most bytes the caller has use for; a member that states more is refused, one that holds more than it states fails.</param>
    public ByteSource Open(long cap)
    {
        if (Size > cap)
        {
            throw Bad(ModelFault.TooLarge, $"holds {Size} bytes, and at most {cap} are read");
        }

        var packed = file.Slice(DataOffset, entry.PackedSize);
        return IsStored ? packed : new InflatedBytes(packed, Name, RequirePlausibleSize());
    }

    /// <summary>The first <paramref name="count"/> bytes, or as many as there are.</summary>
    public byte[] Prefix(int count)
    {
        var bytes = new byte[(int)Math.Min(count, Size)];
        if (IsStored)
        {
            file.Read(DataOffset, bytes);
            return bytes;
        }

        using var stream = new DeflateStream(new ByteSourceStream(file.Slice(DataOffset, entry.PackedSize)), CompressionMode.Decompress);
        return bytes[..InflatedBytes.Fill(stream, bytes, file.Path, Name)];
    }

    /// <summary>An exception that names this member.</summary>
    public ModelFormatException Bad(ModelFault fault, string what) => new(fault, file.Path, $"zip member '{Name}' {what}", HeaderOffset);

    private void RequireAgreement(ZipEntry local)
    {
        if (local.Name != entry.Name || local.Method != entry.Method || !SizesAgree(local))
        {
            throw Bad(ModelFault.Inconsistent, $"is called '{local.Name}' with method {local.Method} and {local.PackedSize} bytes by its own header, and has method {entry.Method} and {entry.PackedSize} bytes in the directory");
        }

        if (Size < 0 || entry.PackedSize < 0 || (IsStored && Size != entry.PackedSize))
        {
            throw Bad(ModelFault.Inconsistent, $"states {entry.PackedSize} bytes in the archive for {Size} bytes of content, which method {entry.Method} cannot give");
        }
    }

    private bool SizesAgree(ZipEntry local) =>
        (local.PackedSize == entry.PackedSize && local.Size == entry.Size) || (local.LeavesSizesOut && SaysNothing(local.PackedSize) && SaysNothing(local.Size));

    private static bool SaysNothing(long size) => size is 0 or uint.MaxValue;

    private long RequirePlausibleSize() =>
        Size / MaxExpansion <= entry.PackedSize
            ? Size
            : throw Bad(ModelFault.Inconsistent, $"states {Size} bytes, which {entry.PackedSize} deflated bytes cannot hold");
}
