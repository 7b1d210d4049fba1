namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>State-space models and linear recurrences.</summary>
internal static class StateSpaceNames
{
    public const string Table =
        """
        # Mamba, Mamba 2, Vision Mamba
        backbone.embeddings.weight | 50280x768 | embedding - embedding InOut
        backbone.layers.0.mixer.out_proj.weight | 768x1536 | other 0 dense OutIn
        backbone.layers.0.mixer.dt_proj.weight | 1536x48 | other 0 dense OutIn
        backbone.layers.0.mixer.conv1d.bias | 1536 | bias 0
        backbone.layers.0.mixer.A_log | 24 | other 0 other | state-space decay rates, not a weight matrix
        backbone.layers.0.mixer.dt_bias | 24 | bias 0
        backbone.layers.0.mixer.norm.weight | 1536 | norm 0
        backbone.layers.0.mixer.conv1d.weight | 1792x1x4 | convolution 0 conv1d OutIn
        layers.0.mixer.A_b_log | 384x16 | other 0 other | state-space decay rates, not a weight matrix
        layers.0.mixer.conv1d_b.weight | 384x1x4 | convolution 0 conv1d OutIn
        layers.0.blocks.0.op.A_logs | 768x16 | other 0 other | state-space decay rates, not a weight matrix
        # Jamba, Falcon-Mamba, Nemotron-H
        model.layers.0.mamba.in_proj.weight | 16384x4096 | other 0 dense OutIn
        model.layers.0.mamba.x_proj.weight | 288x8192 | other 0 dense OutIn
        model.layers.0.mamba.dt_proj.weight | 8192x256 | other 0 dense OutIn
        model.layers.0.mamba.out_proj.weight | 4096x8192 | other 0 dense OutIn
        model.layers.0.mamba.conv1d.weight | 8192x1x4 | convolution 0 conv1d OutIn
        model.layers.0.mamba.A_log | 8192x16 | other 0 other | state-space decay rates, not a weight matrix
        model.layers.0.mamba.D | 8192 | other 0 vector
        model.layers.0.mamba.b_layernorm.weight | 16 | norm 0
        backbone.layers.7.mixer.o_proj.weight | 4096x4096 | attention_output 7 dense OutIn
        backbone.layers.8.mixer.up_proj.weight | 21504x4096 | mlp_up 8 dense OutIn
        # LFM2
        model.layers.0.conv.in_proj.weight | 6144x2048 | other 0 dense OutIn
        model.layers.0.conv.conv.weight | 2048x1x3 | convolution 0 conv1d OutIn
        model.layers.0.feed_forward.w3.weight | 8192x2048 | mlp_up 0 dense OutIn
        model.embedding_norm.weight | 2048 | norm -
        # RWKV 4 to 7
        rwkv.blocks.0.attention.time_mix_key | 1x1x768 | other 0 vector
        rwkv.blocks.0.feed_forward.time_mix_receptance | 1x1x768 | other 0 vector
        rwkv.blocks.0.attention.receptance.weight | 768x768 | attention_query 0 dense OutIn
        rwkv.blocks.0.attention.key.weight | 768x768 | attention_key 0 dense OutIn
        rwkv.blocks.0.feed_forward.receptance.weight | 768x768 | mlp_gate 0 dense OutIn
        rwkv.blocks.0.pre_ln.weight | 768 | norm 0
        rwkv.embeddings.weight | 50277x768 | embedding - embedding InOut
        blocks.0.att.receptance.weight | 2048x2048 | attention_query 0 dense OutIn
        blocks.0.att.key.weight | 2048x2048 | attention_key 0 dense OutIn
        blocks.0.att.value.weight | 2048x2048 | attention_value 0 dense OutIn
        blocks.0.att.gate.weight | 2048x2048 | other 0 dense OutIn
        blocks.0.att.output.weight | 2048x2048 | attention_output 0 dense OutIn
        blocks.0.att.ln_x.weight | 2048 | norm 0
        blocks.0.att.time_maa_w1 | 2048x160 | other 0 dense
        blocks.0.att.time_maa_w2 | 5x32x2048 | other 0 experts
        blocks.0.att.time_decay | 32x64 | other 0 other | state-space decay rates, not a weight matrix
        blocks.0.att.time_decay_w1 | 2048x64 | other 0 dense
        blocks.0.att.time_faaaa | 32x64 | other 0 other | numbers for each channel, not a weight matrix
        blocks.0.att.r_k | 12x64 | other 0 other | numbers for each channel, not a weight matrix
        blocks.0.ffn.key.weight | 7168x2048 | mlp_up 0 dense OutIn
        blocks.0.ffn.value.weight | 2048x7168 | mlp_down 0 dense OutIn
        blocks.0.ffn.receptance.weight | 2048x2048 | mlp_gate 0 dense OutIn
        blocks.0.att.w1 | 768x64 | other 0 dense
        emb.weight | 65536x2048 | embedding - embedding InOut
        """;
}
