namespace Eigenscope.Models.Layers;

/// <summary>In which order a weight stores its axes, by the name of its parameter and, for GPT-2's linear layers, by its shape.</summary>
internal static class WeightOrientation
{
    /// <summary>Parts of config.json's architecture of the models that use GPT-2's linear layer.</summary>
    private static readonly string[] Conv1dArchitectures = ["gpt2", "openaigpt", "openai-gpt", "imagegpt", "decisiontransformer"];

    /// <summary>The orientation of a weight of the given kind.</summary>
    public static Orientation Of(TensorPath path, string kind, Role role, IReadOnlyList<long> shape, string? architecture) => kind switch
    {
        LayerKind.Embedding => role == Role.Embedding && shape.Count == 2 ? Orientation.InOut : Orientation.Unknown,
        LayerKind.Experts => path.Leaf is "weight" or "mlp1_weight" or "mlp2_weight" ? Orientation.OutIn : Orientation.Unknown,
        LayerKind.Conv1d or LayerKind.Conv2d or LayerKind.Conv3d => path.IsKeras1 ? Orientation.Unknown : OfParameter(path.Leaf),
        LayerKind.Dense when IsGpt2Linear(path) && shape.Count == 2 => OfGpt2Linear(path, shape[0], shape[1], architecture),
        LayerKind.Dense when path.IsFactor => Orientation.OutIn,
        LayerKind.Dense or LayerKind.Recurrent when path.IsKeras1 => Orientation.InOut,
        LayerKind.Dense or LayerKind.Recurrent => OfParameter(path.Leaf),
        _ => Orientation.Unknown,
    };

    /// <summary>
    /// Torch names its parameters <c>weight</c>, <c>weight_ih_l0</c>, <c>in_proj_weight</c>; Keras and Flax <c>kernel</c>, Haiku
    /// <c>w</c>, TensorFlow 1 <c>weights</c>.
    /// </summary>
    public static Orientation OfParameter(string leaf) =>
        leaf is "w" or "weights" or "kernel" or "recurrent_kernel" or "pointwise_kernel" ? Orientation.InOut
        : leaf is "weight" or "original" or "original0" or "original1" ? Orientation.OutIn
        : leaf.StartsWith("weight_", StringComparison.Ordinal) || leaf.EndsWith("proj_weight", StringComparison.Ordinal) ? Orientation.OutIn
        : Orientation.Unknown;

    private static bool IsGpt2Linear(TensorPath path) =>
        !path.IsFactor && path.Leaf is "weight" or "w" or "kernel" && path.ModuleName is "c_attn" or "c_proj" or "c_fc" or "q_attn";

    /// <summary>
    /// GPT-2's own layers store [in, out]; nanoGPT, CLIP and others use the same names for torch.nn.Linear, [out, in]. Three equal parts
    /// tell for certain, then the architecture, then the longer axis; a square matrix without an architecture is taken for GPT-2's.
    /// In Flax the model of GPT-2 stores [out, in] and others [in, out], all as <c>kernel</c>: there the longer axis tells.
    /// </summary>
    private static Orientation OfGpt2Linear(TensorPath path, long rows, long columns, string? architecture)
    {
        var (module, isFlax) = (path.ModuleName, path.Leaf == "kernel");
        if (module == "c_attn" && (columns == 3 * rows || rows == 3 * columns))
        {
            return columns > rows ? Orientation.InOut : Orientation.OutIn;
        }

        if (isFlax && rows == columns)
        {
            return Orientation.Unknown;
        }

        if (!isFlax && !string.IsNullOrEmpty(architecture))
        {
            return Array.Exists(Conv1dArchitectures, name => architecture.Contains(name, StringComparison.OrdinalIgnoreCase))
                ? Orientation.InOut
                : Orientation.OutIn;
        }

        var widens = module is "c_attn" or "c_fc";
        return rows == columns || columns > rows == widens ? Orientation.InOut : Orientation.OutIn;
    }
}
