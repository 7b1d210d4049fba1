namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>The names of llama.cpp. Axes as listed: outputs first, stacks before them.</summary>
internal static class GgufNames
{
    public const string Table =
        """
        blk.0.attn_k_b.weight | 128x512x128 | attention_key 0 experts OutIn
        blk.0.attn_v_b.weight | 128x128x512 | attention_value 0 experts OutIn
        blk.0.attn_k_b.weight | 65536x512 | attention_key 0 dense OutIn
        blk.0.attn_q_b.weight | 24576x1536 | attention_query 0 dense OutIn
        blk.0.attn_q_a_norm.weight | 1536 | norm 0
        blk.0.attn_kv_a_norm.weight | 512 | norm 0
        blk.0.post_attention_norm.weight | 2304 | norm 0
        blk.0.post_ffw_norm.weight | 2304 | norm 0
        blk.0.attn_output.bias | 2880 | bias 0
        blk.0.ffn_norm.weight | 4096 | norm 0
        blk.0.ffn_gate_shexp.weight | 1408x2048 | mlp_gate 0 dense OutIn
        blk.0.ffn_up_shexp.weight | 1408x2048 | mlp_up 0 dense OutIn
        blk.0.ffn_up_exps.bias | 32x2880 | bias 0
        blk.0.ffn_gate_inp.bias | 32 | bias 0
        blk.0.ffn_down.7.weight | 4096x14336 | mlp_down 0 dense OutIn
        blk.0.attn_q.weight.lora_a | 16x4096 | attention_query 0 dense OutIn
        blk.0.attn_q.weight.lora_b | 4096x16 | attention_query 0 dense OutIn
        rope_factors_long.weight | 48 | other - other | a positional buffer
        cls.weight | 768x768 | other - dense OutIn
        cls.output.weight | 2x768 | other - dense OutIn
        # state spaces
        blk.0.ssm_conv1d.weight | 8192x4 | convolution 0 dense OutIn
        blk.0.ssm_x.weight | 288x8192 | other 0 dense OutIn
        blk.0.ssm_dt.weight | 8192x256 | other 0 dense OutIn
        blk.0.ssm_dt.bias | 8192 | bias 0
        blk.0.ssm_out.weight | 4096x8192 | other 0 dense OutIn
        blk.0.ssm_d | 8192 | other 0 vector
        blk.0.ssm_norm.weight | 8x1024 | norm 0
        blk.0.shortconv.conv.weight | 2048x3 | convolution 0 dense OutIn
        blk.0.shortconv.in_proj.weight | 6144x2048 | other 0 dense OutIn
        # RWKV
        blk.0.time_mix_receptance.weight | 2048x2048 | attention_query 0 dense OutIn
        blk.0.time_mix_output.weight | 2048x2048 | attention_output 0 dense OutIn
        blk.0.time_mix_gate.weight | 2048x2048 | other 0 dense OutIn
        blk.0.time_mix_w1.weight | 160x2048 | other 0 dense OutIn
        blk.0.time_mix_w2.weight | 5x2048x32 | other 0 experts OutIn
        blk.0.time_mix_decay.weight | 32x64 | other 0 other | state-space decay rates, not a weight matrix
        blk.0.time_mix_decay_w1.weight | 64x2048 | other 0 dense OutIn
        blk.0.time_mix_first.weight | 32x64 | other 0 other | numbers for each channel, not a weight matrix
        blk.0.time_mix_r_k.weight | 12x64 | other 0 other | numbers for each channel, not a weight matrix
        blk.0.time_mix_lerp_x.weight | 1x1x2048 | other 0 vector
        blk.0.time_mix_lerp_fused.weight | 5x1x1x2048 | other 0 other | numbers for each channel, not a weight matrix
        blk.0.time_mix_ln.weight | 2048 | norm 0
        blk.0.channel_mix_receptance.weight | 2048x2048 | mlp_gate 0 dense OutIn
        blk.0.channel_mix_lerp_k.weight | 1x1x2048 | other 0 vector
        # Gemma 3n, images, next tokens
        altup_proj.weight | 3x2048x2048 | other - experts OutIn
        altup_unembd_proj.weight | 3x2048x2048 | other - experts OutIn
        blk.0.inp_gate.weight | 256x2048 | other 0 dense OutIn
        blk.0.proj.weight | 2048x256 | other 0 dense OutIn
        per_layer_model_proj.weight | 7680x2048 | other - dense OutIn
        v.blk.0.ffn_up.weight | 4304x1152 | mlp_up 0 dense OutIn
        v.class_embd | 1024 | other - vector
        v.pre_ln.weight | 1024 | norm -
        mm.0.weight | 4096x1024 | other 0 dense OutIn
        blk.92.nextn.eh_proj.weight | 5120x10240 | other 92 dense OutIn
        blk.92.nextn.embed_tokens.weight | 151552x5120 | embedding 92 embedding InOut
        dec.blk.0.cross_attn_norm.weight | 512 | norm 0
        enc.output_norm.weight | 512 | norm -
        """;
}
