using System.Security.Cryptography;

namespace Eigenscope.Transforms;

/// <summary>SHA-256 over the digests of consecutive portions, so that portions can be digested in any order.</summary>
internal static class TensorDigest
{
    /// <summary>The digest of a portion.</summary>
    public static byte[] OfPortion(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);

    /// <summary>The digest of all, in hexadecimal.</summary>
    public static string Of(IEnumerable<byte[]> portions)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var portion in portions)
        {
            all.AppendData(portion);
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
