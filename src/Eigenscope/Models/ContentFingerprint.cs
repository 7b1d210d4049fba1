using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Eigenscope.Models;

/// <summary>What a model holds, whatever its files are called: SHA-256 over the length and the bytes of each.</summary>
internal static class ContentFingerprint
{
    private const int BytesAtOnce = 4 << 20;

    /// <summary>Files beside the weights that may change what these mean.</summary>
    private static readonly string[] Configurations = ["config.json", "adapter_config.json"];

    /// <summary>The hash, in hexadecimal.</summary>
    public static string Of(IReadOnlyList<ByteSource> weights, FolderFiles folder, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BytesAtOnce];
        var configurations = Configurations.Where(folder.Has).Select(folder.OpenListed);
        foreach (var file in weights.Concat(configurations).DistinctBy(file => file.Path, StringComparer.Ordinal))
        {
            Append(hash, file, buffer, cancellation);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ByteSource file, byte[] buffer, CancellationToken cancellation)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, file.Length);
        hash.AppendData(length);
        for (var offset = 0L; offset < file.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - offset));
            file.Read(offset, part);
            hash.AppendData(part);
            offset += part.Length;
        }
    }
}
