namespace Eigenscope.Models.Layers;

/// <summary>
/// The tensors that are no weight matrices whatever their shape: fixed buffers, statistics and the companions of quantised weights.
/// </summary>
internal static class SkippedTensors
{
    /// <summary>The clause for scales, zero points and the like.</summary>
    public const string QuantisationScales = "quantisation data: scales of another tensor";

    private static readonly Skip Mask = new(Role.Other, LayerKind.Other, "an attention mask, a fixed buffer");
    private static readonly Skip Position = new(Role.Other, LayerKind.Other, "a positional buffer");
    private static readonly Skip Statistic = new(Role.Norm, LayerKind.Norm, "a batch normalisation statistic");
    private static readonly Skip Decay = new(Role.Other, LayerKind.Other, "state-space decay rates, not a weight matrix");
    private static readonly Skip PerChannel = new(Role.Other, LayerKind.Other, "numbers for each channel, not a weight matrix");
    private static readonly Skip Anchors = new(Role.Other, LayerKind.Other, "anchor boxes, a fixed buffer");
    private static readonly Skip Average = new(Role.Other, LayerKind.Other, "a running average of a codebook");
    private static readonly Skip Packed = new(null, LayerKind.Other, "quantisation data: packed integers");
    private static readonly Skip CompressedTensors = new(null, LayerKind.Other, "packed by compressed-tensors, which is not decoded");
    private static readonly Skip Hqq = new(null, LayerKind.Other, "packed by HQQ, which is not decoded");
    private static readonly Skip Aqlm = new(null, LayerKind.Other, "coded by AQLM, which is not decoded");
    private static readonly Skip Scales = new(null, LayerKind.Other, QuantisationScales);
    private static readonly Skip State = new(null, LayerKind.Other, "quantisation data: the state of a packed tensor");

    private static readonly HashSet<string> AttentionModules =
        ["attn", "attention", "self_attn", "self_attention", "selfattention", "crossattention", "cross_attn"];

    private static readonly Dictionary<string, Skip> ByParameter = Expanded(
        (Mask, "masked_bias causal_mask attn_mask attention_mask mask tril"),
        (Position, "inv_freq original_inv_freq position_ids freqs_cis freqs cos_cached sin_cached relative_position_index rope_freqs"),
        (Position, "rope_factors_long rope_factors_short relative_coords_table pe _float_tensor positional_encoding_gaussian_matrix"),
        (Statistic, "running_mean running_var num_batches_tracked moving_mean moving_variance moving_var running_std"),
        (Decay, "a_log a_b_log a_logs ssm_a time_decay time_mix_decay"),
        (PerChannel, "time_first time_faaaa r_k time_mix_first time_mix_r_k time_mix_lerp_fused"),
        (Anchors, "anchors anchor_grid"),
        (Average, "embed_avg"),
        (Packed, "qweight"),
        (CompressedTensors, "weight_packed weight_shape weight_global_scale"),
        (Hqq, "w_q"),
        (Aqlm, "codes codebooks"),
        (Scales, "weight_scale weight_scale_inv weight_scale_2 input_scale output_scale k_scale v_scale scales qscales scale_weight"),
        (Scales, "scale_input weight_zero_point input_zero_point qzeros scb absmax nested_absmax"),
        (State, "g_idx quant_map nested_quant_map weight_format quant_state bitsandbytes__nf4 bitsandbytes__fp4"));

    /// <summary>What is said of a skipped tensor; a companion has the role of the weight beside it, written as null.</summary>
    internal sealed record Skip(Role? Role, string Kind, string Reason);

    /// <summary>True for a parameter's name that alone tells it to be a buffer or a companion.</summary>
    public static bool IsNamed(string parameter) => ByParameter.ContainsKey(parameter);

    /// <summary>What is said of a tensor that its name and shape tell to be a buffer or a companion; null for all others.</summary>
    public static Skip? Find(TensorPath path, IReadOnlyList<long> shape)
    {
        var parameter = path.Leaf == "weight" ? path.ModuleName : path.Leaf;
        return ByParameter.GetValueOrDefault(parameter)
            ?? (parameter.EndsWith("_scales", StringComparison.Ordinal) ? Scales : null)
            ?? (IsMask(path, shape) ? Mask : null);
    }

    /// <summary>GPT-2, GPT-Neo and GPT-NeoX keep their causal mask as <c>attn.bias</c>, shape [1, 1, n, n].</summary>
    private static bool IsMask(TensorPath path, IReadOnlyList<long> shape) =>
        path.Leaf == "bias" && AttentionModules.Contains(path.ModuleName) && shape.Count >= 2 && shape[^1] == shape[^2];

    private static Dictionary<string, Skip> Expanded(params (Skip Skip, string Parameters)[] rows) =>
        rows.SelectMany(row => row.Parameters.Split(' '), (row, name) => (name, row.Skip)).ToDictionary(x => x.name, x => x.Skip);
}
