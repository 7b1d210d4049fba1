namespace Eigenscope.Models.Layers;

/// <summary>What is known by one word of a name: biases, normalisations, recurrent cells, convolutions, stacks of matrices.</summary>
internal static class NamedModules
{
    private static readonly HashSet<string> NormWords =
    [
        "norm", "layernorm", "batchnorm", "groupnorm", "instancenorm", "rmsnorm", "ln", "bn", "gn", "normalization", "layernormalization",
        "batchnormalization", "grn", "norms",
    ];

    private static readonly HashSet<string> RecurrentWords = ["lstm", "gru", "rnn", "lstmcell", "grucell", "rnncell"];
    private static readonly HashSet<string> ConvolutionWords = ["conv", "conv1d", "convolution"];
    private static readonly HashSet<string> ExpertWords = ["experts", "exps", "chexps"];

    /// <summary>Other stacks: of experts (gpt-oss, GraniteMoE, MLX), of heads (GGUF's latent attention, Gemma), of equal projections.</summary>
    private static readonly HashSet<string> Stacks =
    [
        "mlp1_weight", "mlp2_weight", "input_linear", "output_linear", "switch_mlp", "switch_glu",
        "attn_k_b", "attn_v_b", "q_einsum",
        "gating_einsum", "time_maa_w2", "time_mix_w2", "altup_proj", "altup_unembd_proj",
    ];

    /// <summary>The parameters of torch's recurrent layers: input to hidden, hidden to hidden, hidden to output.</summary>
    private static readonly string[] RecurrentParameters = ["weight_ih", "weight_hh", "weight_hr", "recurrent_kernel"];

    /// <summary>True for <c>bias</c>, <c>bias_ih_l0</c>, <c>in_proj_bias</c>, <c>pos_bias_u</c>, <c>beta</c> and Keras 1's <c>b</c>.</summary>
    public static bool IsBias(TensorPath path)
    {
        var words = TensorPath.Words(path.Leaf).ToArray();
        return words is ["bias" or "biases" or "beta", ..] or [.., "bias" or "biases"] or [.., "bias", "u" or "v"]
            || (path.IsKeras1 && words is ["b", ..]);
    }

    /// <summary>
    /// True for <c>ln_1</c>, <c>LayerNorm</c>, <c>bn2</c>, <c>input_layernorm</c>, <c>batch_normalization_3</c>; and for a vector
    /// of <c>norms.3</c>.
    /// </summary>
    public static bool IsNorm(TensorPath path, IReadOnlyList<long> shape) =>
        !path.IsFactor && IsNormName(shape.Count == 1 ? path.NamedModule : path.ModuleName);

    /// <summary>True for the matrices of an LSTM, GRU or plain recurrent layer.</summary>
    public static bool IsRecurrent(TensorPath path) =>
        Array.Exists(RecurrentParameters, name => path.Leaf.StartsWith(name, StringComparison.Ordinal))
        || HasWord(path.ModuleName, RecurrentWords)
        || (path.Module is [.., var layer, "cell"] && HasWord(layer, RecurrentWords));

    /// <summary>True where the module's name says that it is a convolution.</summary>
    public static bool IsConvolution(TensorPath path) => HasWord(path.ModuleName, ConvolutionWords);

    /// <summary>True where any segment says that it holds experts, or another stack of matrices.</summary>
    public static bool IsStack(TensorPath path) => Array.Exists(path.Segments, segment => Stacks.Contains(segment) || HasWord(segment, ExpertWords));

    private static bool IsNormName(string module) => HasWord(module, NormWords) || module.EndsWith("norm", StringComparison.Ordinal);

    private static bool HasWord(string segment, HashSet<string> words) => TensorPath.Words(segment).Any(words.Contains);
}
