namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Mixtures of experts, and the attention that comes with them.</summary>
internal static class ExpertNames
{
    public const string Table =
        """
        # Llama 4
        language_model.model.layers.0.feed_forward.experts.gate_up_proj | 16x5120x16384 | mlp_gate_up 0 experts
        language_model.model.layers.0.feed_forward.experts.down_proj | 16x8192x5120 | mlp_down 0 experts
        language_model.model.layers.0.feed_forward.router.weight | 16x5120 | router 0 dense OutIn
        language_model.model.layers.0.feed_forward.shared_expert.up_proj.weight | 8192x5120 | mlp_up 0 dense OutIn
        # Mixtral as Mistral published it
        layers.0.block_sparse_moe.w1 | 114688x4096 | mlp_gate 0 dense
        layers.0.block_sparse_moe.w2 | 114688x4096 | mlp_down 0 dense
        layers.0.feed_forward.experts.7.w3.weight | 14336x4096 | mlp_up 0 dense OutIn
        layers.0.feed_forward.gate.weight | 8x4096 | router 0 dense OutIn
        # DeepSeek
        model.layers.3.mlp.shared_experts.gate_proj.weight | 2048x7168 | mlp_gate 3 dense OutIn
        model.layers.3.self_attn.q_a_layernorm.weight | 1536 | norm 3
        model.layers.3.self_attn.kv_b_proj.weight | 32768x512 | attention_qkv 3 dense OutIn
        model.layers.3.self_attn.o_proj.weight | 7168x16384 | attention_output 3 dense OutIn
        model.layers.3.mlp.gate.weight | 256x7168 | router 3 dense OutIn
        model.layers.61.eh_proj.weight | 7168x14336 | other 61 dense OutIn
        model.layers.61.enorm.weight | 7168 | norm 61
        model.layers.61.embed_tokens.weight | 129280x7168 | embedding 61 embedding InOut
        model.layers.61.shared_head.head.weight | 129280x7168 | unembedding 61 dense OutIn
        model.layers.61.shared_head.norm.weight | 7168 | norm 61
        layers.3.attn.wq_a.weight | 1536x7168 | attention_query 3 dense OutIn
        layers.3.attn.wkv_b.weight | 32768x512 | attention_qkv 3 dense OutIn
        layers.3.ffn.shared_experts.w1.weight | 2048x7168 | mlp_gate 3 dense OutIn
        layers.3.ffn.experts.255.w2.weight | 7168x2048 | mlp_down 3 dense OutIn
        layers.3.ffn.gate.weight | 256x7168 | router 3 dense OutIn
        layers.3.ffn.gate.bias | 256 | bias 3
        # Qwen
        transformer.h.0.mlp.w1.weight | 11008x4096 | mlp_up 0 dense OutIn
        model.layers.0.mlp.experts.127.down_proj.weight | 2048x768 | mlp_down 0 dense OutIn
        model.layers.0.mlp.shared_expert.gate_proj.weight | 5632x2048 | mlp_gate 0 dense OutIn
        model.language_model.layers.0.mlp.experts.gate_up_proj | 128x2048x1536 | mlp_gate_up 0 experts
        # gpt-oss, both ways
        model.layers.0.self_attn.sinks | 64 | other 0 vector
        model.layers.0.mlp.router.bias | 32 | bias 0
        model.layers.0.mlp.experts.down_proj | 32x2880x2880 | mlp_down 0 experts
        model.layers.0.mlp.experts.down_proj_bias | 32x2880 | bias 0
        block.0.attn.qkv.weight | 5120x2880 | attention_qkv 0 dense OutIn
        block.0.attn.out.weight | 2880x4096 | attention_output 0 dense OutIn
        block.0.attn.norm.scale | 2880 | norm 0
        block.0.mlp.gate.weight | 32x2880 | router 0 dense OutIn
        block.0.mlp.mlp1_weight | 32x5760x2880 | mlp_gate_up 0 experts OutIn
        block.0.mlp.mlp2_weight | 32x2880x2880 | mlp_down 0 experts OutIn
        block.0.mlp.mlp1_bias | 32x5760 | bias 0
        embedding.weight | 201088x2880 | embedding - embedding InOut
        unembedding.weight | 201088x2880 | unembedding - dense OutIn
        # MLX
        model.layers.0.mlp.switch_mlp.gate_proj.weight | 64x1408x2048 | mlp_gate 0 experts OutIn
        # DBRX
        transformer.blocks.0.ffn.experts.mlp.w1 | 172032x6144 | mlp_gate 0 dense
        transformer.blocks.0.ffn.experts.mlp.w2 | 172032x6144 | mlp_down 0 dense
        transformer.blocks.0.ffn.router.layer.weight | 16x6144 | router 0 dense OutIn
        transformer.blocks.0.norm_attn_norm.attn.Wqkv.weight | 8192x6144 | attention_qkv 0 dense OutIn
        transformer.blocks.0.norm_attn_norm.attn.out_proj.weight | 6144x6144 | attention_output 0 dense OutIn
        transformer.blocks.0.norm_attn_norm.norm_1.weight | 6144 | norm 0
        # GraniteMoE, JetMoE, Phi-3.5-MoE
        model.layers.0.block_sparse_moe.input_linear.weight | 40x1024x1536 | mlp_gate_up 0 experts OutIn
        model.layers.0.block_sparse_moe.output_linear.weight | 40x1536x512 | mlp_down 0 experts OutIn
        model.layers.0.block_sparse_moe.router.layer.weight | 40x1536 | router 0 dense OutIn
        model.layers.0.self_attention.experts.input_linear.weight | 8x2048x2048 | attention_query 0 experts OutIn
        model.layers.0.self_attention.experts.output_linear.weight | 8x2048x2048 | attention_output 0 experts OutIn
        model.layers.0.self_attention.kv_proj.weight | 4096x2048 | attention_qkv 0 dense OutIn
        model.layers.0.mlp.router.layer.weight | 8x2048 | router 0 dense OutIn
        model.layers.0.block_sparse_moe.experts.15.w1.weight | 6400x4096 | mlp_gate 0 dense OutIn
        # Jamba
        model.layers.1.feed_forward.router.weight | 16x4096 | router 1 dense OutIn
        model.layers.1.feed_forward.experts.0.up_proj.weight | 14336x4096 | mlp_up 1 dense OutIn
        model.layers.1.pre_ff_layernorm.weight | 4096 | norm 1
        # Switch Transformers, NLLB
        encoder.block.1.layer.1.mlp.router.classifier.weight | 8x768 | router 1 dense OutIn
        encoder.block.0.layer.1.mlp.wi.weight | 3072x768 | mlp_up 0 dense OutIn
        encoder.block.1.layer.1.mlp.experts.expert_0.wi.weight | 3072x768 | mlp_up 1 dense OutIn
        encoder.block.1.layer.1.mlp.experts.expert_11.wo.weight | 768x3072 | mlp_down 1 dense OutIn
        model.encoder.layers.3.ffn.experts.expert_12.fc1.weight | 8192x2048 | mlp_up 3 dense OutIn
        """;
}
