using System.Text.Unicode;

namespace Eigenscope.Models.Flax;

/// <summary>
/// Flax's <c>to_bytes</c>, such as <c>flax_model.msgpack</c>: MessagePack of nested maps with an extension for arrays. Source: flax/serialization.py.
/// </summary>
/// <remarks>Of a training state, a map with <c>params</c>, the optimizer's (<c>opt_state</c>) is left out.</remarks>
public sealed class FlaxFormat : IModelFormat
{
    private const string Parameters = "params/";
    private const string Optimizer = "opt_state/";

    /// <inheritdoc/>
    public string Name => "flax";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".msgpack"];

    /// <summary>True for a map whose first entry is a map or an array under a plain text of up to 31 bytes.</summary>
    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head)
    {
        var key = head.Length > 0 ? KeyStart(head[0]) : 0;
        if (key == 0 || head.Length <= key || head[key] is < 0xa1 or > 0xbf)
        {
            return false;
        }

        var end = key + 1 + (head[key] & 0x1f);
        return end < head.Length && IsPlainText(head[(key + 1)..end]) && BeginsMapOrExtension(head[end]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var all = new FlaxTree(file).Tensors();
        var weights = all.Exists(tensor => tensor.Name.StartsWith(Parameters, StringComparison.Ordinal))
            ? all.FindAll(tensor => !tensor.Name.StartsWith(Optimizer, StringComparison.Ordinal))
            : all;
        return weights.Count > 0
            ? weights
            : throw new ModelFormatException(ModelFault.NoWeights, file.Path, "the MessagePack holds no array of Flax; save flax.serialization.to_bytes(params)");
    }

    /// <summary>Where the first key of a map starts, by the map's first byte; 0 for what is no map.</summary>
    private static int KeyStart(byte first) => first switch
    {
        >= 0x81 and <= 0x8f => 1,
        0xde => 3,
        0xdf => 5,
        _ => 0,
    };

    private static bool IsPlainText(ReadOnlySpan<byte> text) => Utf8.IsValid(text) && text.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0;

    private static bool BeginsMapOrExtension(byte value) => value is >= 0x80 and <= 0x8f or 0xde or 0xdf or 0xc7 or 0xc8 or 0xc9 or >= 0xd4 and <= 0xd8;
}
