using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenscope.Tests.Models.Zip;

/// <summary>Zip archives made for a test, and places in them to spoil.</summary>
internal static class ZipBytes
{
    public const int CentralHeaderBytes = 46;
    public const int EndBytes = 22;

    /// <summary>An archive of these members, stored unless <paramref name="deflated"/>.</summary>
    public static byte[] Of(IEnumerable<(string Name, byte[] Content)> members, bool deflated = false)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name, deflated ? CompressionLevel.SmallestSize : CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The place of the n-th central header of an archive without comments.</summary>
    public static int Central(byte[] zip, int n = 0)
    {
        var at = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - EndBytes + 16));
        for (; n > 0; n--)
        {
            at += CentralHeaderBytes + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28)) + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 30));
        }

        return at;
    }

    /// <summary>A copy with some bytes replaced.</summary>
    public static byte[] With(this byte[] zip, int at, params byte[] bytes)
    {
        var copy = zip.ToArray();
        bytes.CopyTo(copy, at);
        return copy;
    }
}
