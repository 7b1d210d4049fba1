using System.Globalization;
using System.Security.Cryptography;
using Eigenscope.Models;

namespace Eigenscope.Reports;

/// <summary>What tells that a tensor is still the one that was analysed, without reading all of it: SHA-256 over its length and a few pieces of its bytes, evenly spaced from the first to the last.</summary>
internal static class ContentSample
{
    private const int Pieces = 16;
    private const int PieceBytes = 4096;

    /// <summary>The hash, in hexadecimal.</summary>
    public static string Of(Tensor tensor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = Math.Min(tensor.ByteCount, tensor.Bytes.Length - tensor.Offset);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        var count = (int)Math.Min(Pieces, (length + PieceBytes - 1) / PieceBytes);
        for (var piece = 0; piece < count; piece++)
        {
            var start = count == 1 ? 0 : (length - PieceBytes) / (count - 1) * piece;
            hash.AppendData(tensor.Bytes.ReadArray(tensor.Offset + start, Math.Min(PieceBytes, length - start)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
