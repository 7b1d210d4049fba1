using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Reports;

/// <summary>
/// What tells that a layer is still the one that was analysed, without reading all of it: SHA-256 over the length of each of its tensors and a few pieces of its bytes, evenly spaced from the first to
/// the last; where values follow from more than these bytes, over a few values too.
/// </summary>
internal static class ContentSample
{
    private const int Pieces = 16;
    private const int PieceBytes = 4096;
    private const int PieceValues = 64;

    /// <summary>The hash, in hexadecimal.</summary>
    public static string Of(WeightMatrix layer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in layer.Product?.Tensors ?? [layer.Tensor])
        {
            AddBytes(hash, tensor);
            if (tensor.Quantization is { Refusal: null })
            {
                AddValues(hash, tensor);
            }
        }

        AddText(hash, layer.Product?.Scale.ToString("R", CultureInfo.InvariantCulture) ?? "");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddBytes(IncrementalHash hash, Tensor tensor)
    {
        var length = Math.Min(tensor.ByteCount, tensor.Bytes.Length - tensor.Offset);
        AddText(hash, length.ToString(CultureInfo.InvariantCulture));
        foreach (var (start, count) in Evenly(length, PieceBytes))
        {
            hash.AppendData(tensor.Bytes.ReadArray(tensor.Offset + start, count));
        }
    }

    /// <summary>Values of a quantised tensor, which scales and zero points beside it make.</summary>
    private static void AddValues(IncrementalHash hash, Tensor tensor)
    {
        foreach (var (start, count) in Evenly(tensor.Count, PieceValues))
        {
            var values = new double[count];
            tensor.Read(start, values);
            hash.AppendData(MemoryMarshal.AsBytes<double>(values));
        }
    }

    private static IEnumerable<(long Start, int Count)> Evenly(long length, int piece)
    {
        var count = (int)Math.Min(Pieces, (length + piece - 1) / piece);
        return Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (length - piece) / (count - 1) * i).Select(start => (start, (int)Math.Min(piece, length - start)));
    }

    private static void AddText(IncrementalHash hash, string text) => hash.AppendData(Encoding.ASCII.GetBytes(text));
}
