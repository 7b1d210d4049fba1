using System.Globalization;

namespace Eigenscope.Models.Layers;

/// <summary>
/// A tensor's name cut into lower-case segments at '.', '/' and ':'. The parameter's own name (<c>weight</c>, <c>kernel</c>) and what
/// adapters and exporters hang behind the module are taken off, so that <see cref="Module"/> ends with the module's name.
/// </summary>
internal sealed class TensorPath
{
    private static readonly char[] Separators = ['.', '/', ':'];
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>
    /// The names of parameters, beside those of <see cref="SkippedTensors"/>: they end a path and say nothing of its module.
    /// </summary>
    private static readonly HashSet<string> Parameters =
    [
        "weight", "kernel", "weights", "w", "bias", "biases", "gamma", "beta", "scale", "embedding", "embeddings",
        "weight_orig", "weight_v", "weight_g",
        "original", "original0", "original1", "depthwise_kernel", "pointwise_kernel", "recurrent_kernel",
    ];

    /// <summary>Segments between module and parameter, or behind the parameter, that adapters and exporters add.</summary>
    private static readonly HashSet<string> Attachments =
    [
        "default", "base_layer", "original_module", "modules_to_save", "parametrizations", "part_0", "concat", "concatpartitions",
        "tensordot", "reshape_1",
    ];

    /// <summary>Segments that mark one factor of a low-rank adapter.</summary>
    private static readonly HashSet<string> Factors =
    [
        "lora_a", "lora_b", "lora_up", "lora_down", "lora_mid", "lora_embedding_a", "lora_embedding_b", "lora_linear_layer",
    ];

    /// <summary>What Keras 1 joins to a layer's name and number by '_': <c>dense_1_W</c>, <c>lstm_1_U_i</c>.</summary>
    private static readonly HashSet<string> Keras1Parameters =
    [
        "w", "b", "gamma", "beta", "running_mean", "running_std", "w_i", "w_f", "w_c", "w_o", "w_z", "w_r", "w_h",
        "u", "u_i", "u_f", "u_c", "u_o", "u_z", "u_r", "u_h", "b_i", "b_f", "b_c", "b_o", "b_z", "b_r", "b_h",
    ];

    /// <summary>How a segment begins in which an adapter has joined a whole path by '_'.</summary>
    private static readonly string[] FlattenedPrefixes = ["lora_unet_", "lora_te_", "lora_te1_", "lora_te2_", "lora_transformer_"];

    private readonly int _moduleLength;

    /// <summary>Reads a name; no name is refused.</summary>
    public TensorPath(string name)
    {
        Segments = WithoutOutputIndex(name).ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        (Segments, IsKeras1) = Keras1(Segments) is { } parted ? (parted, true) : (Segments, false);
        Leaf = Segments.Length == 0 ? "" : Segments[^1];
        _moduleLength = TakeOffTail(TakeOffBareFactor(Segments.Length));
    }

    /// <summary>All segments.</summary>
    public string[] Segments { get; }

    /// <summary>The parameter's own name, such as <c>weight</c>; the last segment where none is known.</summary>
    public string Leaf { get; private set; }

    /// <summary>The segments up to and with the module that holds the parameter.</summary>
    public ReadOnlySpan<string> Module => Segments.AsSpan(0, _moduleLength);

    /// <summary>The last segment of <see cref="Module"/>, or an empty text.</summary>
    public string ModuleName => _moduleLength == 0 ? "" : Segments[_moduleLength - 1];

    /// <summary>The last segment of <see cref="Module"/> that is no number, or an empty text.</summary>
    public string NamedModule => Array.FindLast(Segments[.._moduleLength], segment => !IsNumber(segment, out _)) ?? "";

    /// <summary>True where the parameter was part of its layer's name, as Keras 1 writes it.</summary>
    public bool IsKeras1 { get; }

    /// <summary>True for one factor of a low-rank adapter.</summary>
    public bool IsFactor { get; private set; }

    /// <summary>The words of a segment: cut at '_', trailing digits dropped.</summary>
    public static IEnumerable<string> Words(string segment) =>
        segment.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd(Digits));

    /// <summary>Reads a segment that is a number and nothing else.</summary>
    public static bool IsNumber(ReadOnlySpan<char> segment, out int number) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>True for a segment in which an adapter has joined a whole path by '_'.</summary>
    public static bool IsFlattened(string segment) =>
        Array.Exists(FlattenedPrefixes, prefix => segment.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A segment without the prefix of an adapter that has joined a whole path.</summary>
    public static string Unprefixed(string segment) =>
        Array.Find(FlattenedPrefixes, prefix => segment.StartsWith(prefix, StringComparison.Ordinal)) is { } found ? segment[found.Length..] : segment;

    /// <summary>Takes Keras's output index (the <c>:0</c> of <c>kernel:0</c>) off a name.</summary>
    private static string WithoutOutputIndex(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon >= 0 && IsNumber(name.AsSpan(colon + 1), out _) ? name[..colon] : name;
    }

    /// <summary>The segments with Keras 1's parameter as one of its own; null where there is none.</summary>
    private static string[]? Keras1(string[] segments)
    {
        var words = segments.Length == 0 ? [] : segments[^1].Split('_');
        var number = Array.FindLastIndex(words, word => IsNumber(word, out _));
        var parameter = number > 0 ? string.Join('_', words[(number + 1)..]) : "";
        return Keras1Parameters.Contains(parameter) ? [.. segments[..^1], string.Join('_', words[..(number + 1)]), parameter] : null;
    }

    /// <summary>Takes off <c>down</c> or <c>up</c> where it ends the name or follows a segment that ends with <c>lora</c>.</summary>
    private int TakeOffBareFactor(int end)
    {
        var last = Leaf == "weight" ? end - 2 : end - 1;
        if (last < 1 || Segments[last] is not ("up" or "down"))
        {
            return end;
        }

        IsFactor = last == end - 1 || Segments[last - 1].EndsWith("lora", StringComparison.Ordinal) || Factors.Contains(Segments[last - 1]);
        return IsFactor ? last : end;
    }

    private int TakeOffTail(int end)
    {
        var named = end < Segments.Length;
        for (; end > 0; end--)
        {
            var segment = Segments[end - 1];
            var isParameter = named ? segment == "weight" : IsParameter(segment);
            if (!isParameter && !Attachments.Contains(segment) && !Factors.Contains(segment) && !IsAdaptersName(end - 1))
            {
                break;
            }

            Leaf = isParameter && !named ? segment : Leaf;
            named |= isParameter;
            IsFactor |= Factors.Contains(segment);
        }

        return end;
    }

    private bool IsParameter(string segment) =>
        Parameters.Contains(segment) || SkippedTensors.IsNamed(segment) || (IsKeras1 && Keras1Parameters.Contains(segment));

    /// <summary>True behind a factor, where the name of an adapter may stand: <c>lora_A.vision.weight</c>.</summary>
    private bool IsAdaptersName(int segment) => segment > 0 && Factors.Contains(Segments[segment - 1]);
}
