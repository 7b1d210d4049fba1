using System.Text.Json;

namespace Eigenscope.Models.Quantized;

/// <summary>What bitsandbytes stores of a 4-bit tensor, as JSON in a tensor of bytes.</summary>
/// <param name="Type">nf4 or fp4.</param>
/// <param name="Shape">The shape of the weights.</param>
/// <param name="BlockSize">Weights that share a magnitude.</param>
/// <param name="NestedBlockSize">Magnitudes that share one; 0 where they are stored as they are.</param>
/// <param name="NestedOffset">What is added to each of these.</param>
internal sealed record FourBitState(string Type, long[] Shape, int BlockSize, int NestedBlockSize, float NestedOffset)
{
    private const int MostBytes = 1 << 16;
    private const int MostBlock = 1 << 20;

    /// <summary>Reads the state; null where it is none.</summary>
    public static FourBitState? Of(Tensor tensor)
    {
        if (tensor.Type != DType.U8 || tensor.Count > MostBytes)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(tensor.Bytes.ReadArray(tensor.Offset, tensor.Count));
            var root = json.RootElement;
            var nested = root.TryGetProperty("nested_blocksize", out var size) && size.ValueKind == JsonValueKind.Number;
            var state = new FourBitState(
                root.GetProperty("quant_type").GetString() ?? "",
                [.. root.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())],
                root.GetProperty("blocksize").GetInt32(),
                nested ? size.GetInt32() : 0,
                nested && root.TryGetProperty("nested_offset", out var offset) ? offset.GetSingle() : 0);
            return state.IsSound ? state : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private bool IsSound => Type is "nf4" or "fp4" && BlockSize is > 0 and <= MostBlock && NestedBlockSize is >= 0 and <= MostBlock && Shape.Length > 0 && Array.TrueForAll(Shape, size => size > 0);
}
