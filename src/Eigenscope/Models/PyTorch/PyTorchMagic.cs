using Eigenscope.Models.Zip;

namespace Eigenscope.Models.PyTorch;

/// <summary>The first bytes of PyTorch's three file layouts.</summary>
internal static class PyTorchMagic
{
    /// <summary>How many bytes <see cref="Of"/> looks at.</summary>
    public const int HeadBytes = 512;

    private const int TarMarkOffset = 257;
    private const int ProtocolBytes = 2;
    private const int FrameBytes = ProtocolBytes + 1 + sizeof(long);

    /// <summary>The layouts.</summary>
    public enum Kind
    {
        /// <summary>None of these.</summary>
        Other,

        /// <summary>The zip archive since version 1.6.</summary>
        Zip,

        /// <summary>The stream of pickles before version 1.6.</summary>
        Legacy,

        /// <summary>The tar archive before version 0.2.</summary>
        Tar,
    }

    /// <summary>A pickle of the number 0x1950a86a20f9469cfc6c, after its protocol.</summary>
    private static ReadOnlySpan<byte> LegacyNumber => [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)PickleOpcode.Stop];

    /// <summary>The layout of a file with these first bytes.</summary>
    public static Kind Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(ZipDirectory.Signature))
        {
            return IsNumpyArchive(head) ? Kind.Other : Kind.Zip;
        }

        return IsLegacy(head) ? Kind.Legacy : IsTar(head) ? Kind.Tar : Kind.Other;
    }

    /// <summary>The layout of a file.</summary>
    public static Kind OfFile(ByteSource file) => Of(file.ReadArray(0, Math.Min(HeadBytes, file.Length)));

    /// <summary>Protocols from 4 on may put a frame around the number.</summary>
    private static bool IsLegacy(ReadOnlySpan<byte> head)
    {
        if (head.Length < FrameBytes || head[0] != (byte)PickleOpcode.Protocol)
        {
            return false;
        }

        var number = head[ProtocolBytes] == (byte)PickleOpcode.Frame ? head[FrameBytes..] : head[ProtocolBytes..];
        return number.StartsWith(LegacyNumber);
    }

    private static bool IsTar(ReadOnlySpan<byte> head) =>
        (head.Length > TarMarkOffset && head[TarMarkOffset..].StartsWith("ustar"u8))
        || head.StartsWith("sys_info\0\0"u8)
        || head.StartsWith("pickle\0\0"u8)
        || head.StartsWith("storages\0\0"u8)
        || head.StartsWith("tensors\0\0"u8);

    private static bool IsNumpyArchive(ReadOnlySpan<byte> head) =>
        head.Length > ZipEntry.LocalBytes && ZipEntry.LocalName(head).EndsWith(".npy"u8);
}
