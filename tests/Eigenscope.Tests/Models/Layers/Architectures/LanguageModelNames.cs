namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Language models that read forward, one feed-forward network a block.</summary>
internal static class LanguageModelNames
{
    public const string Table =
        """
        # GPT-2, nanoGPT, GPT
        @ GPT2ForSequenceClassification
        score.weight | 2x768 | other - dense OutIn
        transformer.h.0.crossattention.c_proj.weight | 768x768 | attention_output 0 dense InOut
        transformer.h.0.ln_cross_attn.weight | 768 | norm 0
        @ -
        _orig_mod.lm_head.weight | 50304x768 | unembedding - dense OutIn
        _orig_mod.transformer.wte.weight | 50304x768 | embedding - embedding InOut
        _orig_mod.transformer.wpe.weight | 1024x768 | position_embedding - embedding
        _orig_mod.transformer.h.11.ln_2.weight | 768 | norm 11
        transformer.tokens_embed.weight | 40478x768 | embedding - embedding InOut
        transformer.positions_embed.weight | 512x768 | position_embedding - embedding
        # GPT-Neo, GPT-J
        @ GPTNeoForCausalLM
        transformer.h.0.mlp.c_fc.weight | 8192x2048 | mlp_up 0 dense OutIn
        transformer.h.0.mlp.c_proj.weight | 2048x8192 | mlp_down 0 dense OutIn
        transformer.h.0.attn.attention.v_proj.weight | 2048x2048 | attention_value 0 dense OutIn
        transformer.h.0.attn.attention.masked_bias | scalar | other 0 other | an attention mask, a fixed buffer
        @ -
        transformer.h.0.mlp.c_fc.weight | 8192x2048 | mlp_up 0 dense OutIn
        transformer.h.0.attn.scale_attn | scalar | other 0 scalar
        lm_head.bias | 50400 | bias -
        # GPT-NeoX, Megatron
        gpt_neox.layers.5.attention.bias | 1x1x2048x2048 | other 5 other | an attention mask, a fixed buffer
        gpt_neox.final_layer_norm.weight | 2048 | norm -
        language_model.embedding.word_embeddings.weight | 50304x1024 | embedding - embedding InOut
        decoder.layers.3.self_attention.linear_qkv.weight | 6144x4096 | attention_qkv 3 dense OutIn
        decoder.layers.3.self_attention.linear_proj.weight | 4096x4096 | attention_output 3 dense OutIn
        decoder.layers.3.mlp.linear_fc1.weight | 16384x4096 | mlp_up 3 dense OutIn
        decoder.layers.3.mlp.linear_fc2.weight | 4096x16384 | mlp_down 3 dense OutIn
        decoder.layers.3.self_attention.linear_qkv.layer_norm_weight | 4096 | norm 3
        output_layer.weight | 50304x4096 | unembedding - dense OutIn
        # CodeGen, OPT, BLOOM, MPT, Falcon
        @ CodeGenForCausalLM
        transformer.h.0.attn.qkv_proj.weight | 12288x4096 | attention_qkv 0 dense OutIn
        transformer.h.0.mlp.fc_in.weight | 16384x4096 | mlp_up 0 dense OutIn
        @ -
        model.decoder.project_in.weight | 1024x512 | other - dense OutIn
        model.decoder.project_out.weight | 512x1024 | other - dense OutIn
        model.decoder.layers.0.final_layer_norm.weight | 1024 | norm 0
        word_embeddings_layernorm.weight | 1024 | norm -
        h.7.self_attention.query_key_value.weight | 3072x1024 | attention_qkv 7 dense OutIn
        h.7.self_attention.dense.weight | 1024x1024 | attention_output 7 dense OutIn
        h.7.mlp.dense_4h_to_h.weight | 1024x4096 | mlp_down 7 dense OutIn
        h.7.input_layernorm.weight | 1024 | norm 7
        transformer.blocks.0.attn.out_proj.weight | 4096x4096 | attention_output 0 dense OutIn
        transformer.blocks.0.ffn.down_proj.weight | 4096x16384 | mlp_down 0 dense OutIn
        transformer.blocks.0.norm_1.weight | 4096 | norm 0
        transformer.norm_f.weight | 4096 | norm -
        transformer.h.9.self_attention.query_key_value.weight | 4672x4544 | attention_qkv 9 dense OutIn
        transformer.h.9.self_attention.query_key_value.weight | 9216x8192 | attention_qkv 9 dense OutIn
        transformer.h.9.ln_mlp.weight | 8192 | norm 9
        # Llama and its like
        layers.0.attention.inner_attention.rope.freqs | 64 | other 0 other | a positional buffer
        layers.0.attention_norm.weight | 4096 | norm 0
        norm.weight | 4096 | norm -
        model.layers.0.self_attn.rotary_emb.inv_freq | 64 | other 0 other | a positional buffer
        model.norm.weight | 4096 | norm -
        language_model.model.layers.3.cross_attn.q_proj.weight | 4096x4096 | attention_query 3 dense OutIn
        language_model.model.layers.3.cross_attn_attn_gate | 1 | other 3 scalar
        vision_model.gated_positional_embedding.embedding | 1601x1280 | position_embedding - embedding
        vision_model.gated_positional_embedding.tile_embedding.weight | 9x8197120 | position_embedding - embedding
        vision_model.pre_tile_positional_embedding.embedding.weight | 9x5120 | position_embedding - embedding
        multi_modal_projector.weight | 4096x7680 | other - dense OutIn
        vision_model.positional_embedding_vlm | 577x1408 | position_embedding - embedding
        vision_model.patch_embedding.linear.weight | 1408x588 | other - dense OutIn
        # Qwen, Gemma
        visual.blocks.0.attn.qkv.weight | 3840x1280 | attention_qkv 0 dense OutIn
        visual.merger.mlp.0.weight | 5120x5120 | other 0 dense OutIn
        visual.patch_embed.proj.weight | 1280x3x2x14x14 | convolution - conv3d OutIn
        model.layers.0.self_attn.q_proj.bias | 3584 | bias 0
        model.layers.0.self_attn.k_norm.weight | 128 | norm 0
        model.layers.0.linear_attn.in_proj_qkvz.weight | 12288x2048 | attention_qkv 0 dense OutIn
        model.layers.0.linear_attn.in_proj_ba.weight | 64x2048 | other 0 dense OutIn
        model.layers.0.linear_attn.conv1d.weight | 8192x1x4 | convolution 0 conv1d OutIn
        model.layers.0.linear_attn.out_proj.weight | 2048x4096 | attention_output 0 dense OutIn
        model.layers.0.linear_attn.dt_bias | 32 | bias 0
        model.layers.0.pre_feedforward_layernorm.weight | 2304 | norm 0
        language_model.model.layers.0.mlp.gate_proj.weight | 10240x2560 | mlp_gate 0 dense OutIn
        multi_modal_projector.mm_input_projection_weight | 1152x2560 | other - dense
        multi_modal_projector.mm_soft_emb_norm.weight | 1152 | norm -
        model.language_model.embed_tokens_per_layer.weight | 262144x7680 | embedding - embedding InOut
        model.language_model.layers.0.per_layer_input_gate.weight | 256x2048 | other 0 dense OutIn
        # Phi
        model.layers.0.mlp.fc2.weight | 2560x10240 | mlp_down 0 dense OutIn
        model.final_layernorm.weight | 2560 | norm -
        transformer.embd.wte.weight | 51200x2560 | embedding - embedding InOut
        transformer.h.0.mixer.Wqkv.weight | 7680x2560 | attention_qkv 0 dense OutIn
        transformer.h.0.mixer.out_proj.weight | 2560x2560 | attention_output 0 dense OutIn
        lm_head.ln.weight | 2560 | norm -
        lm_head.linear.weight | 51200x2560 | unembedding - dense OutIn
        model.layers.0.self_attn.qkv_proj.lora_A.vision.weight | 256x3072 | attention_qkv 0 dense OutIn
        model.layers.0.mlp.gate_up_proj.lora_B.speech.weight | 16384x320 | mlp_gate_up 0 dense OutIn
        model.layers.0.mlp.gate_up_proj.base_layer.weight | 16384x3072 | mlp_gate_up 0 dense OutIn
        # ChatGLM, GLM-4, InternLM2, Baichuan
        transformer.encoder.layers.0.mlp.dense_h_to_4h.weight | 27392x4096 | mlp_gate_up 0 dense OutIn
        transformer.layers.0.mlp.dense_h_to_4h.weight | 16384x4096 | mlp_up 0 dense OutIn
        transformer.encoder.layers.0.mlp.dense_4h_to_h.weight | 4096x13696 | mlp_down 0 dense OutIn
        transformer.encoder.final_layernorm.weight | 4096 | norm -
        transformer.embedding.word_embeddings.weight | 65024x4096 | embedding - embedding InOut
        transformer.output_layer.weight | 65024x4096 | unembedding - dense OutIn
        transformer.rotary_pos_emb.inv_freq | 32 | other - other | a positional buffer
        transformer.vision.transformer.layers.0.attention.query_key_value.weight | 5376x1792 | attention_qkv 0 dense OutIn
        model.layers.0.attention.wqkv.weight | 6144x4096 | attention_qkv 0 dense OutIn
        model.layers.0.attention.wo.weight | 4096x4096 | attention_output 0 dense OutIn
        model.layers.0.feed_forward.w2.weight | 4096x14336 | mlp_down 0 dense OutIn
        model.tok_embeddings.weight | 92544x4096 | embedding - embedding InOut
        output.weight | 92544x4096 | unembedding - dense OutIn
        model.layers.0.self_attn.W_pack.weight | 12288x4096 | attention_qkv 0 dense OutIn
        # Cohere, StableLM, OLMo, Granite
        model.layers.0.self_attn.q_norm.weight | 64x128 | norm 0
        model.layers.0.self_attn.q_layernorm.norms.31.weight | 160 | norm 0
        model.transformer.blocks.0.att_proj.weight | 6144x2048 | attention_qkv 0 dense OutIn
        model.transformer.blocks.0.attn_out.weight | 2048x2048 | attention_output 0 dense OutIn
        model.transformer.blocks.0.ff_proj.weight | 16384x2048 | mlp_gate_up 0 dense OutIn
        model.transformer.blocks.0.ff_out.weight | 2048x8192 | mlp_down 0 dense OutIn
        model.transformer.ff_out.weight | 50304x4096 | unembedding - dense OutIn
        model.layers.0.post_feedforward_layernorm.weight | 4096 | norm 0
        model.layers.0.shared_mlp.input_linear.weight | 2048x1024 | mlp_gate_up 0 dense OutIn
        model.layers.0.shared_mlp.output_linear.weight | 1024x1024 | mlp_down 0 dense OutIn
        """;
}
