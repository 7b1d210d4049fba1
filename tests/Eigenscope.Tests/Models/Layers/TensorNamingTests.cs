using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Xunit;

namespace Eigenscope.Tests.Models.Layers;

/// <summary>
/// One row a tensor: name, shape, architecture ("-" for none), and what must be said: role, block, kind, orientation, parts, reason.
/// Parts read q0+64@1: suffix, start, length, axis.
/// </summary>
public sealed class TensorNamingTests
{
    private const string Table =
        """
        # GPT-2 (Conv1D: [in, out])
        transformer.h.3.attn.c_attn.weight | 64x192 | GPT2LMHeadModel | attention_qkv 3 dense InOut | q0+64@1 k64+64@1 v128+64@1
        h.3.attn.c_attn.weight | 64x192 | - | attention_qkv 3 dense InOut | q0+64@1 k64+64@1 v128+64@1
        transformer.h.11.attn.c_proj.weight | 64x64 | gpt2 | attention_output 11 dense InOut
        transformer.h.11.attn.c_proj.weight | 64x64 | - | attention_output 11 dense InOut
        transformer.h.0.mlp.c_fc.weight | 64x256 | GPT2LMHeadModel | mlp_up 0 dense InOut
        transformer.h.0.mlp.c_proj.weight | 256x64 | - | mlp_down 0 dense InOut
        transformer.wte.weight | 256x64 | gpt2 | embedding - embedding InOut
        wpe.weight | 128x64 | - | position_embedding - embedding Unknown
        transformer.h.0.ln_1.weight | 64 | - | norm 0 norm Unknown | | a normalisation weight
        transformer.h.0.ln_1.bias | 64 | - | bias 0 bias Unknown | | a bias
        transformer.ln_f.weight | 64 | - | norm - norm Unknown | | a normalisation weight
        transformer.h.0.attn.bias | 1x1x128x128 | - | other 0 other Unknown | | an attention mask, a fixed buffer
        transformer.h.0.attn.masked_bias | scalar | - | other 0 other Unknown | | an attention mask, a fixed buffer
        transformer.h.0.attn.c_attn.bias | 192 | - | bias 0 bias Unknown | | a bias
        transformer.h.2.crossattention.c_attn.weight | 64x128 | gpt2 | attention_qkv 2 dense InOut
        transformer.h.2.crossattention.q_attn.weight | 64x64 | gpt2 | attention_query 2 dense InOut
        lm_head.weight | 256x64 | gpt2 | unembedding - dense OutIn

        # nanoGPT and GPTBigCode: the names of GPT-2, torch.nn.Linear inside
        _orig_mod.transformer.h.1.attn.c_attn.weight | 192x64 | - | attention_qkv 1 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        _orig_mod.transformer.h.1.mlp.c_fc.weight | 256x64 | - | mlp_up 1 dense OutIn
        _orig_mod.transformer.h.1.mlp.c_proj.weight | 64x256 | - | mlp_down 1 dense OutIn
        transformer.h.1.attn.c_proj.weight | 64x64 | GPTBigCodeForCausalLM | attention_output 1 dense OutIn
        transformer.h.1.attn.c_attn.weight | 80x64 | GPTBigCodeForCausalLM | attention_qkv 1 dense OutIn

        # GPT-J, GPT-Neo, CodeGen, GPT-NeoX
        transformer.h.5.attn.q_proj.weight | 64x64 | - | attention_query 5 dense OutIn
        transformer.h.5.attn.out_proj.weight | 64x64 | - | attention_output 5 dense OutIn
        transformer.h.5.mlp.fc_in.weight | 256x64 | - | mlp_up 5 dense OutIn
        transformer.h.5.mlp.fc_out.weight | 64x256 | - | mlp_down 5 dense OutIn
        transformer.h.5.attn.attention.out_proj.weight | 64x64 | - | attention_output 5 dense OutIn
        transformer.h.5.attn.attention.bias | 1x1x64x64 | - | other 5 other Unknown | | an attention mask, a fixed buffer
        transformer.h.5.attn.qkv_proj.weight | 192x64 | - | attention_qkv 5 dense OutIn | q0+64@0/16%48 v16+64@0/16%48 k32+64@0/16%48
        transformer.h.5.attn.causal_mask | 1x1x64x64 | - | other 5 other Unknown | | an attention mask, a fixed buffer
        gpt_neox.layers.7.attention.query_key_value.weight | 192x64 | - | attention_qkv 7 dense OutIn
        gpt_neox.layers.7.attention.dense.weight | 64x64 | - | attention_output 7 dense OutIn
        gpt_neox.layers.7.mlp.dense_h_to_4h.weight | 256x64 | - | mlp_up 7 dense OutIn
        gpt_neox.layers.7.mlp.dense_4h_to_h.weight | 64x256 | - | mlp_down 7 dense OutIn
        gpt_neox.layers.7.attention.rotary_emb.inv_freq | 8 | - | other 7 other Unknown | | a positional buffer
        gpt_neox.embed_in.weight | 256x64 | - | embedding - embedding InOut
        embed_out.weight | 256x64 | GPTNeoXForCausalLM | unembedding - dense OutIn

        # OPT, BART, BLOOM, Falcon, MPT, ChatGLM
        model.decoder.layers.3.fc1.weight | 256x64 | - | mlp_up 3 dense OutIn
        model.decoder.layers.3.fc2.weight | 64x256 | - | mlp_down 3 dense OutIn
        model.decoder.embed_positions.weight | 130x64 | - | position_embedding - embedding Unknown
        model.decoder.layers.3.encoder_attn.out_proj.weight | 64x64 | - | attention_output 3 dense OutIn
        model.decoder.layers.3.encoder_attn.k_proj.weight | 64x64 | - | attention_key 3 dense OutIn
        model.encoder.layers.0.self_attn_layer_norm.weight | 64 | - | norm 0 norm Unknown | | a normalisation weight
        model.shared.weight | 256x64 | - | embedding - embedding InOut
        final_logits_bias | 1x256 | - | bias - bias Unknown | | a bias
        transformer.word_embeddings.weight | 256x64 | - | embedding - embedding InOut
        transformer.h.2.self_attention.query_key_value.weight | 192x64 | - | attention_qkv 2 dense OutIn
        transformer.h.2.self_attention.dense.weight | 64x64 | - | attention_output 2 dense OutIn
        transformer.blocks.4.attn.Wqkv.weight | 192x64 | - | attention_qkv 4 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        transformer.blocks.4.ffn.up_proj.weight | 256x64 | - | mlp_up 4 dense OutIn
        transformer.encoder.layers.9.self_attention.query_key_value.weight | 96x64 | - | attention_qkv 9 dense OutIn

        # Llama, Mistral, Qwen, Gemma, Phi
        model.layers.31.self_attn.q_proj.weight | 64x64 | LlamaForCausalLM | attention_query 31 dense OutIn
        model.layers.31.self_attn.k_proj.weight | 16x64 | - | attention_key 31 dense OutIn
        model.layers.31.self_attn.v_proj.weight | 16x64 | - | attention_value 31 dense OutIn
        model.layers.31.self_attn.o_proj.weight | 64x64 | - | attention_output 31 dense OutIn
        model.layers.31.mlp.gate_proj.weight | 172x64 | - | mlp_gate 31 dense OutIn
        model.layers.31.mlp.up_proj.weight | 172x64 | - | mlp_up 31 dense OutIn
        model.layers.31.mlp.down_proj.weight | 64x172 | - | mlp_down 31 dense OutIn
        model.layers.31.input_layernorm.weight | 64 | - | norm 31 norm Unknown | | a normalisation weight
        model.layers.31.self_attn.q_norm.weight | 16 | - | norm 31 norm Unknown | | a normalisation weight
        model.embed_tokens.weight | 256x64 | - | embedding - embedding InOut
        layers.0.attention.wq.weight | 64x64 | - | attention_query 0 dense OutIn
        layers.0.attention.wo.weight | 64x64 | - | attention_output 0 dense OutIn
        layers.0.feed_forward.w1.weight | 172x64 | - | mlp_gate 0 dense OutIn
        layers.0.feed_forward.w2.weight | 64x172 | - | mlp_down 0 dense OutIn
        layers.0.feed_forward.w3.weight | 172x64 | - | mlp_up 0 dense OutIn
        tok_embeddings.weight | 256x64 | - | embedding - embedding InOut
        output.weight | 256x64 | - | unembedding - dense OutIn
        model.layers.3.self_attn.qkv_proj.weight | 192x64 | Phi3ForCausalLM | attention_qkv 3 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        model.layers.3.self_attn.qkv_proj.weight | 96x64 | Phi3ForCausalLM | attention_qkv 3 dense OutIn
        model.layers.3.mlp.gate_up_proj.weight | 344x64 | - | mlp_gate_up 3 dense OutIn | gate0+172@0 up172+172@0
        model.layers.3.self_attn.dense.weight | 64x64 | PhiForCausalLM | attention_output 3 dense OutIn
        model.layers.3.mlp.fc1.weight | 256x64 | PhiForCausalLM | mlp_up 3 dense OutIn
        transformer.h.3.mlp.w1.weight | 172x64 | QWenLMHeadModel | mlp_up 3 dense OutIn
        transformer.h.3.mlp.w2.weight | 172x64 | QWenLMHeadModel | mlp_gate 3 dense OutIn
        transformer.h.3.mlp.c_proj.weight | 64x172 | QWenLMHeadModel | mlp_down 3 dense OutIn
        transformer.h.3.attn.c_attn.weight | 192x64 | QWenLMHeadModel | attention_qkv 3 dense OutIn | q0+64@0 k64+64@0 v128+64@0

        # mixtures of experts
        model.layers.2.block_sparse_moe.gate.weight | 8x64 | - | router 2 dense OutIn
        model.layers.2.block_sparse_moe.experts.7.w1.weight | 172x64 | - | mlp_gate 2 dense OutIn
        model.layers.2.block_sparse_moe.experts.7.w2.weight | 64x172 | - | mlp_down 2 dense OutIn
        model.layers.2.block_sparse_moe.experts.7.w3.weight | 172x64 | - | mlp_up 2 dense OutIn
        model.layers.2.mlp.gate.weight | 60x64 | - | router 2 dense OutIn
        model.layers.2.mlp.experts.59.gate_proj.weight | 44x64 | - | mlp_gate 2 dense OutIn
        model.layers.2.mlp.shared_expert.down_proj.weight | 64x44 | - | mlp_down 2 dense OutIn
        model.layers.2.mlp.shared_expert_gate.weight | 1x64 | - | router 2 vector Unknown | | a vector: no spectrum
        model.layers.2.mlp.gate.e_score_correction_bias | 60 | - | bias 2 bias Unknown | | a bias
        model.layers.2.self_attn.q_a_proj.weight | 24x64 | - | attention_query 2 dense OutIn
        model.layers.2.self_attn.q_b_proj.weight | 96x24 | - | attention_query 2 dense OutIn
        model.layers.2.self_attn.kv_a_proj_with_mqa.weight | 20x64 | - | attention_qkv 2 dense OutIn
        model.layers.2.self_attn.kv_a_layernorm.weight | 16 | - | norm 2 norm Unknown | | a normalisation weight
        model.layers.2.mlp.experts.gate_up_proj | 8x64x128 | - | mlp_gate_up 2 experts Unknown
        model.layers.2.mlp.experts.down_proj | 8x64x64 | - | mlp_down 2 experts Unknown
        model.layers.2.mlp.experts.gate_up_proj_bias | 8x128 | - | bias 2 bias Unknown | | a bias
        model.layers.2.mlp.router.weight | 8x64 | - | router 2 dense OutIn
        transformer.blocks.2.ffn.experts.mlp.v1 | 344x64 | - | mlp_up 2 dense Unknown
        model_state_dict.experts.3.net.6.weight | 64x64 | - | other 6 dense OutIn

        # BERT, RoBERTa, DistilBERT, ALBERT
        bert.encoder.layer.5.attention.self.query.weight | 64x64 | - | attention_query 5 dense OutIn
        bert.encoder.layer.5.attention.self.value.bias | 64 | - | bias 5 bias Unknown | | a bias
        bert.encoder.layer.5.attention.output.dense.weight | 64x64 | - | attention_output 5 dense OutIn
        bert.encoder.layer.5.attention.output.LayerNorm.gamma | 64 | - | norm 5 norm Unknown | | a normalisation weight
        bert.encoder.layer.5.attention.output.LayerNorm.beta | 64 | - | bias 5 bias Unknown | | a bias
        bert.encoder.layer.5.intermediate.dense.weight | 256x64 | - | mlp_up 5 dense OutIn
        bert.encoder.layer.5.output.dense.weight | 64x256 | - | mlp_down 5 dense OutIn
        bert.embeddings.token_type_embeddings.weight | 2x64 | - | embedding - embedding InOut
        bert.embeddings.position_embeddings.weight | 128x64 | - | position_embedding - embedding Unknown
        bert.embeddings.position_ids | 1x128 | - | other - other Unknown | | a positional buffer
        bert.pooler.dense.weight | 64x64 | - | other - dense OutIn
        cls.predictions.decoder.weight | 256x64 | - | unembedding - dense OutIn
        lm_head.dense.weight | 64x64 | RobertaForMaskedLM | other - dense OutIn
        distilbert.transformer.layer.1.attention.out_lin.weight | 64x64 | - | attention_output 1 dense OutIn
        distilbert.transformer.layer.1.ffn.lin1.weight | 256x64 | - | mlp_up 1 dense OutIn
        bert/encoder/layer_3/attention/self/key/kernel | 64x64 | - | attention_key 3 dense InOut
        tf_bert_model/bert/encoder/layer_._3/output/dense/kernel:0 | 256x64 | - | mlp_down 3 dense InOut

        # T5
        encoder.block.1.layer.0.SelfAttention.q.weight | 64x64 | - | attention_query 1 dense OutIn
        decoder.block.1.layer.1.EncDecAttention.o.weight | 64x64 | - | attention_output 1 dense OutIn
        encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight | 32x8 | - | position_embedding 0 embedding Unknown
        encoder.block.1.layer.1.DenseReluDense.wi.weight | 256x64 | - | mlp_up 1 dense OutIn
        encoder.block.1.layer.1.DenseReluDense.wi_0.weight | 172x64 | - | mlp_gate 1 dense OutIn
        encoder.block.1.layer.1.DenseReluDense.wi_1.weight | 172x64 | - | mlp_up 1 dense OutIn
        encoder.block.1.layer.1.DenseReluDense.wo.weight | 64x256 | - | mlp_down 1 dense OutIn
        encoder.block.1.layer.1.layer_norm.weight | 64 | - | norm 1 norm Unknown | | a normalisation weight
        shared.weight | 256x64 | - | embedding - embedding InOut

        # ViT, CLIP, timm, DINO, Swin, Whisper
        blocks.4.attn.qkv.weight | 192x64 | - | attention_qkv 4 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        blocks.4.attn.proj.weight | 64x64 | - | attention_output 4 dense OutIn
        blocks.4.mlp.fc1.weight | 256x64 | - | mlp_up 4 dense OutIn
        blocks.4.mlp.w12.weight | 344x64 | - | mlp_gate_up 4 dense OutIn | gate0+172@0 up172+172@0
        blocks.4.mlp.w3.weight | 64x172 | - | mlp_down 4 dense OutIn
        blocks.4.ls1.gamma | 64 | - | other 4 vector Unknown | | a vector: no spectrum
        patch_embed.proj.weight | 64x3x16x16 | - | convolution - conv2d OutIn
        pos_embed | 1x197x64 | - | position_embedding - embedding Unknown
        cls_token | 1x1x64 | - | other - vector Unknown | | a vector: no spectrum
        head.weight | 10x64 | - | other - dense OutIn
        vit.encoder.layer.0.attention.attention.query.weight | 64x64 | - | attention_query 0 dense OutIn
        visual.transformer.resblocks.3.attn.in_proj_weight | 192x64 | - | attention_qkv 3 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        visual.transformer.resblocks.3.attn.in_proj_bias | 192 | - | bias 3 bias Unknown | | a bias
        visual.transformer.resblocks.3.mlp.c_fc.weight | 256x64 | - | mlp_up 3 dense OutIn
        text_projection | 64x64 | - | other - dense Unknown
        logit_scale | scalar | - | other - scalar Unknown | | a scalar
        layers.0.blocks.1.attn.relative_position_bias_table | 169x4 | - | position_embedding 0 embedding Unknown
        encoder.blocks.2.attn.query.weight | 64x64 | - | attention_query 2 dense OutIn
        encoder.blocks.2.cross_attn.out.weight | 64x64 | - | attention_output 2 dense OutIn
        encoder.blocks.2.mlp.0.weight | 256x64 | - | mlp_up 2 dense OutIn
        encoder.blocks.2.mlp.2.weight | 64x256 | - | mlp_down 2 dense OutIn
        encoder.conv1.weight | 64x80x3 | - | convolution - conv1d OutIn
        encoder.positional_embedding | 1500x64 | - | position_embedding - embedding Unknown

        # Mamba
        backbone.layers.2.mixer.in_proj.weight | 256x64 | - | other 2 dense OutIn
        backbone.layers.2.mixer.x_proj.weight | 36x128 | - | other 2 dense OutIn
        backbone.layers.2.mixer.conv1d.weight | 128x1x4 | - | convolution 2 conv1d OutIn
        backbone.layers.2.mixer.A_log | 128x16 | - | other 2 other Unknown | | state-space decay rates, not a weight matrix
        backbone.layers.2.mixer.D | 128 | - | other 2 vector Unknown | | a vector: no spectrum
        backbone.layers.2.mixer.dt_proj.bias | 128 | - | bias 2 bias Unknown | | a bias
        backbone.embedding.weight | 256x64 | - | embedding - embedding InOut
        backbone.norm_f.weight | 64 | - | norm - norm Unknown | | a normalisation weight

        # RWKV, Flux, torchvision
        rwkv.blocks.2.feed_forward.key.weight | 256x64 | - | mlp_up 2 dense OutIn
        rwkv.blocks.2.feed_forward.value.weight | 64x256 | - | mlp_down 2 dense OutIn
        rwkv.blocks.2.attention.output.weight | 64x64 | - | attention_output 2 dense OutIn
        transformer_blocks.3.attn.add_q_proj.weight | 64x64 | - | attention_query 3 dense OutIn
        double_blocks.3.img_attn.qkv.weight | 192x64 | - | attention_qkv 3 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        double_blocks.3.img_mlp.0.weight | 256x64 | - | mlp_up 3 dense OutIn
        single_blocks.3.linear1.weight | 448x64 | FluxTransformer2DModel | other 3 dense OutIn
        encoder.layers.encoder_layer_5.self_attention.out_proj.weight | 64x64 | - | attention_output 5 dense OutIn
        encoder.layers.encoder_layer_5.mlp.3.weight | 64x256 | - | mlp_down 5 dense OutIn

        # torch.nn: LSTM, GRU, Transformer
        lstm.weight_ih_l0 | 512x128 | - | recurrent - recurrent OutIn | i0+128@0 f128+128@0 g256+128@0 o384+128@0
        rnn.weight_hh_l1_reverse | 512x128 | - | recurrent - recurrent OutIn | i0+128@0 f128+128@0 g256+128@0 o384+128@0
        lstm_cell.weight_ih | 512x128 | - | recurrent - recurrent OutIn | i0+128@0 f128+128@0 g256+128@0 o384+128@0
        lstm.bias_hh_l0 | 512 | - | bias - bias Unknown | | a bias
        transformer.encoder.layers.1.linear1.weight | 256x64 | - | mlp_up 1 dense OutIn
        transformer.encoder.layers.1.linear2.weight | 64x256 | - | mlp_down 1 dense OutIn
        transformer.decoder.layers.1.multihead_attn.out_proj.weight | 64x64 | - | attention_output 1 dense OutIn
        transformer.decoder.layers.1.self_attn.in_proj_weight | 192x64 | - | attention_qkv 1 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        pos_encoder.pe | 5000x1x64 | - | other - other Unknown | | a positional buffer

        # Keras, Flax, TensorFlow
        dense/dense/kernel:0 | 128x257 | - | other - dense InOut
        dense_1/dense_1/bias:0 | 256 | - | bias - bias Unknown | | a bias
        lstm_3/lstm_3/kernel:0 | 128x512 | - | recurrent - recurrent InOut | i0+128@1 f128+128@1 g256+128@1 o384+128@1
        lstm_3/lstm_3/recurrent_kernel:0 | 128x512 | - | recurrent - recurrent InOut | i0+128@1 f128+128@1 g256+128@1 o384+128@1
        conv1d_1/conv1d_1/kernel:0 | 1x256x512 | - | convolution - conv1d InOut
        conv2d_transpose_1/kernel:0 | 3x3x16x32 | - | convolution - conv2d OutIn
        layer_normalization/layer_normalization/gamma:0 | 256 | - | norm - norm Unknown | | a normalisation weight
        batch_normalization_2/moving_variance:0 | 64 | - | norm - norm Unknown | | a batch normalisation statistic
        embedding/embedding/embeddings:0 | 8002x256 | - | embedding - embedding InOut
        Transformer/encoderblock_3/MultiHeadDotProductAttention_0/query/kernel | 64x4x16 | - | attention_query 3 dense InOut
        UPN1/kernel | 5x5x64x64 | - | convolution - conv2d InOut
        module/Encoder_en/Encode/Layer_1/TransformerLayer/MultiheadAttention/qkv_transform_single/kernel/part_0 | 512x1536 | - | attention_qkv 1 dense InOut | q0+512@1 k512+512@1 v1024+512@1
        module/Encoder_en/hidden_layers/tanh_layer_0/weights | 512x512 | - | other 0 dense InOut
        params/h_0/mlp/c_fc/w | 64x256 | - | mlp_up 0 dense InOut

        # Stable Diffusion
        down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.weight | 64x64 | - | attention_query 1 dense OutIn
        down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_out.0.weight | 64x64 | - | attention_output 1 dense OutIn
        mid_block.attentions.0.transformer_blocks.2.ff.net.0.proj.weight | 512x64 | - | mlp_gate_up 2 dense OutIn | up0+256@0 gate256+256@0
        mid_block.attentions.0.transformer_blocks.2.ff.net.2.weight | 64x256 | - | mlp_down 2 dense OutIn
        down_blocks.1.attentions.0.proj_in.weight | 64x64x1x1 | - | convolution 1 conv2d OutIn
        down_blocks.1.resnets.0.time_emb_proj.weight | 64x256 | - | other 1 dense OutIn
        time_embedding.linear_1.weight | 256x64 | - | other - dense OutIn

        # low-rank adapters inherit the role of their module
        base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight | 8x64 | - | attention_query 3 dense OutIn
        base_model.model.model.layers.3.mlp.down_proj.lora_B.default.weight | 64x8 | - | mlp_down 3 dense OutIn
        base_model.model.transformer.h.3.attn.c_attn.lora_B.weight | 192x64 | gpt2 | attention_qkv 3 dense OutIn
        base_model.model.model.layers.3.self_attn.q_proj.base_layer.weight | 64x64 | - | attention_query 3 dense OutIn
        lora_unet_down_blocks_0_attentions_1_transformer_blocks_0_attn1_to_q.lora_down.weight | 4x64 | - | attention_query 0 dense OutIn
        lora_unet_mid_block_attentions_0_transformer_blocks_0_ff_net_2.lora_up.weight | 64x4 | - | mlp_down 0 dense OutIn
        lora_te_text_model_encoder_layers_11_mlp_fc1.lora_up.weight | 256x4 | - | mlp_up 11 dense OutIn
        lora_te_text_model_encoder_layers_11_mlp_fc1.alpha | scalar | - | other 11 scalar Unknown | | a scalar
        up_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_k_lora.down.weight | 4x64 | - | attention_key 1 dense OutIn
        text_encoder:12:down | 4x64 | - | other 12 dense OutIn

        # GGUF
        blk.0.attn_q.weight | 64x64 | - | attention_query 0 dense OutIn
        blk.0.attn_output.weight | 64x64 | - | attention_output 0 dense OutIn
        blk.0.attn_qkv.weight | 192x64 | - | attention_qkv 0 dense OutIn | q0+64@0 k64+64@0 v128+64@0
        blk.0.attn_norm.weight | 64 | - | norm 0 norm Unknown | | a normalisation weight
        blk.0.ffn_up.weight | 172x64 | - | mlp_up 0 dense OutIn
        blk.0.ffn_gate.weight | 172x64 | - | mlp_gate 0 dense OutIn
        blk.0.ffn_down.weight | 64x172 | - | mlp_down 0 dense OutIn
        blk.0.ffn_gate_inp.weight | 8x64 | - | router 0 dense OutIn
        blk.0.ffn_up_exps.weight | 8x172x64 | - | mlp_up 0 experts OutIn
        token_embd.weight | 256x64 | - | embedding - embedding InOut
        output.weight | 256x64 | llama | unembedding - dense OutIn
        output_norm.weight | 64 | llama | norm - norm Unknown | | a normalisation weight
        blk.7.attn_k.weight | 16x64 | llama | attention_key 7 dense OutIn
        blk.7.attn_v.weight | 16x64 | llama | attention_value 7 dense OutIn
        blk.7.attn_q.bias | 64 | qwen2 | bias 7 bias Unknown | | a bias
        blk.7.attn_q_norm.weight | 16 | qwen3 | norm 7 norm Unknown | | a normalisation weight
        blk.7.attn_qkv.weight | 96x64 | falcon | attention_qkv 7 dense OutIn
        blk.7.ffn_gate.3.weight | 172x64 | llama | mlp_gate 7 dense OutIn
        blk.7.ffn_gate_exps.weight | 8x172x64 | llama | mlp_gate 7 experts OutIn
        blk.7.ffn_down_exps.weight | 8x64x172 | llama | mlp_down 7 experts OutIn
        blk.7.ffn_gate_up_exps.weight | 8x344x64 | qwen3moe | mlp_gate_up 7 experts OutIn
        blk.7.ffn_up_chexps.weight | 8x172x64 | grovemoe | mlp_up 7 experts OutIn
        blk.7.ffn_down_shexp.weight | 64x172 | qwen2moe | mlp_down 7 dense OutIn
        blk.7.ffn_gate_inp_shexp.weight | 64 | qwen2moe | router 7 vector Unknown | | a vector: no spectrum
        blk.7.exp_probs_b.bias | 8 | deepseek2 | bias 7 bias Unknown | | a bias
        blk.7.attn_q_a.weight | 24x64 | deepseek2 | attention_query 7 dense OutIn
        blk.7.attn_kv_a_mqa.weight | 20x64 | deepseek2 | attention_qkv 7 dense OutIn
        blk.7.attn_kv_b.weight | 96x16 | deepseek2 | attention_qkv 7 dense OutIn
        blk.7.attn_sinks.weight | 8 | gpt-oss | other 7 vector Unknown | | a vector: no spectrum
        blk.7.ssm_a | 64x16 | mamba | other 7 other Unknown | | state-space decay rates, not a weight matrix
        blk.7.ssm_in.weight | 128x64 | mamba | other 7 dense OutIn
        blk.7.time_mix_key.weight | 64x64 | rwkv6 | attention_key 7 dense OutIn
        blk.7.channel_mix_key.weight | 256x64 | rwkv6 | mlp_up 7 dense OutIn
        blk.7.channel_mix_value.weight | 64x256 | rwkv6 | mlp_down 7 dense OutIn
        blk.7.nextn.shared_head_head.weight | 256x64 | glm4moe | unembedding 7 dense OutIn
        blk.7.layer_output_norm.weight | 64 | bert | norm 7 norm Unknown | | a normalisation weight
        position_embd.weight | 128x64 | gpt2 | position_embedding - embedding Unknown
        token_types.weight | 2x64 | bert | embedding - embedding InOut
        token_embd_norm.weight | 64 | bert | norm - norm Unknown | | a normalisation weight
        per_layer_token_embd.weight | 256x128 | gemma3n | embedding - embedding InOut
        enc.blk.3.attn_o.weight | 64x64 | t5 | attention_output 3 dense OutIn
        enc.blk.0.attn_rel_b.weight | 32x8 | t5 | position_embedding 0 embedding Unknown
        dec.blk.3.cross_attn_q.weight | 64x64 | t5 | attention_query 3 dense OutIn
        dec.blk.3.cross_attn_o.weight | 64x64 | t5 | attention_output 3 dense OutIn
        v.blk.3.attn_out.weight | 64x64 | clip | attention_output 3 dense OutIn
        v.blk.3.ln1.weight | 64 | clip | norm 3 norm Unknown | | a normalisation weight
        v.patch_embd.weight | 64x3x14x14 | clip | convolution - conv2d OutIn
        v.position_embd.weight | 128x64 | clip | position_embedding - embedding Unknown
        rope_freqs.weight | 32 | - | other - other Unknown | | a positional buffer

        # convolutional networks and plain perceptrons
        state_dict.module.conv1.weight | 16x3x3x3 | - | convolution - conv2d OutIn
        layer1.2.conv1.weight | 16x16x3x3 | ResNet | convolution 2 conv2d OutIn
        layer2.0.downsample.0.weight | 32x16x1x1 | - | convolution 0 conv2d OutIn
        layer2.0.downsample.1.weight | 32 | - | other 0 vector Unknown | | a vector: no spectrum
        layer1.2.bn1.running_mean | 16 | - | norm 2 norm Unknown | | a batch normalisation statistic
        bn1.num_batches_tracked | scalar | - | norm - norm Unknown | | a batch normalisation statistic
        output.weight | 10x64 | - | other - dense OutIn
        output/kernel:0 | 64x10 | - | other - dense InOut
        fc.weight | 10x64 | - | other - dense OutIn
        fc1.weight | 500x784 | - | other - dense OutIn
        classifier.6.weight | 10x64 | - | other 6 dense OutIn
        mlp.0.weight | 10x64 | - | other 0 dense OutIn
        module.linear.weight | 10x64 | - | other - dense OutIn
        generator.nets.3.weight | 256x128x3x3 | - | convolution 3 conv2d OutIn
        stem.conv3d.weight | 8x3x3x7x7 | - | convolution - conv3d OutIn
        convolution_1_W | 8x3x3x3 | - | convolution - conv2d Unknown
        conv.weight_v | 8x3x3 | - | convolution - conv1d OutIn
        conv.weight_g | 8x1x1 | - | other - vector Unknown | | a vector: no spectrum
        conv.parametrizations.weight.original1 | 8x3x3 | - | convolution - conv1d OutIn

        # quantisation data, emptiness, and names without any meaning
        model.layers.0.self_attn.q_proj.weight_scale_inv | 2x2 | - | attention_query 0 other Unknown | | quantisation data: scales of another tensor
        model.layers.0.self_attn.q_proj.qweight | 8x64 | - | attention_query 0 other Unknown | | quantisation data: packed integers
        model.layers.0.self_attn.q_proj.g_idx | 64 | - | attention_query 0 other Unknown | | quantisation data: the state of a packed tensor
        model.layers.0.self_attn.q_proj.scales | 2x64 | - | attention_query 0 other Unknown | | quantisation data: scales of another tensor
        model.layers.0.self_attn.q_proj.weight | 0x64 | - | attention_query 0 dense OutIn | | empty: an axis has length 0
        model.layers.0.self_attn.q_proj.weight.absmax | 64 | - | attention_query 0 other Unknown | | quantisation data: scales of another tensor
        model.layers.0.mlp.experts.gate_up_proj_scales | 8x128x2 | - | other 0 other Unknown | | quantisation data: scales of another tensor
        model.layers.0.self_attn.k_scale | scalar | - | other 0 other Unknown | | quantisation data: scales of another tensor
        x | 4x5x6 | - | other - other Unknown
        x | 4x5 | - | other - dense Unknown
        """;

    public static TheoryData<string> Rows => [.. Table.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    [Theory]
    [MemberData(nameof(Rows))]
    public void ARowIsDescribedAsTheTableSays(string row) => Assert.Equal(Normal(row), Said(row));

    [Theory]
    [MemberData(nameof(Rows))]
    public void AWrappersPrefixChangesNothing(string row)
    {
        var (name, shape, architecture) = Question(row);
        var plain = Show(TensorNaming.Describe(name, shape, DType.F32, architecture));
        foreach (var prefix in new[] { "module.", "_orig_mod.", "base_model.model." })
        {
            Assert.Equal(plain, Show(TensorNaming.Describe(prefix + name, shape, DType.F32, architecture)));
        }
    }

    [Theory]
    [InlineData(DType.I8, "integers (I8), not weights")]
    [InlineData(DType.U8, "integers (U8), not weights")]
    [InlineData(DType.I64, "integers (I64), not weights")]
    [InlineData(DType.Bool, "booleans, not weights")]
    [InlineData(DType.Complex64, "complex numbers are not analysed")]
    [InlineData(DType.Complex128, "complex numbers are not analysed")]
    [InlineData(DType.F8E8M0, "quantisation data: scales of another tensor")]
    [InlineData(DType.F8E4M3, null)]
    [InlineData(DType.BF16, null)]
    [InlineData(null, null)]
    public void TypesThatHoldNoRealNumbersAreSkippedWithTheirName(DType? type, string? reason)
    {
        var description = TensorNaming.Describe("model.layers.0.mlp.up_proj.weight", [64, 32], type);
        Assert.Equal((Role.MlpUp, LayerKind.Dense, reason), (description.Role, description.Kind, description.SkipReason));
    }

    [Fact]
    public void ABuffersNameSaysMoreThanItsType()
    {
        Assert.Equal("an attention mask, a fixed buffer", TensorNaming.Describe("h.0.attn.bias", [1, 1, 8, 8], DType.Bool).SkipReason);
        Assert.Equal("a positional buffer", TensorNaming.Describe("embeddings.position_ids", [1, 8], DType.I64).SkipReason);
        Assert.Equal("a batch normalisation statistic", TensorNaming.Describe("bn.num_batches_tracked", [], DType.I64).SkipReason);
        Assert.Equal("integers (I64), not weights", TensorNaming.Describe("steps", [], DType.I64).SkipReason);
    }

    [Fact]
    public void PartsCoverTheWholeMatrixWithoutOverlap()
    {
        var parts = TensorNaming.Describe("h.0.attn.c_attn.weight", [768, 2304]).Parts;
        Assert.Equal(["q", "k", "v"], parts.Select(part => part.Suffix));
        Assert.Equal([Role.AttentionQuery, Role.AttentionKey, Role.AttentionValue], parts.Select(part => part.Role));
        Assert.Equal([new(0, 768), new(768, 768), new(1536, 768)], parts.Select(part => part.Indices));
        Assert.All(parts, part => Assert.Equal(1, part.Side));
    }

    [Fact]
    public void ASkippedTensorHasNoParts() =>
        Assert.Empty(TensorNaming.Describe("h.0.attn.c_attn.weight", [768, 2304], DType.I8).Parts);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("....")]
    [InlineData(":0")]
    [InlineData("weight")]
    [InlineData(".weight")]
    [InlineData("lora_unet_")]
    [InlineData("down")]
    [InlineData("layers.99999999999999999999.weight")]
    [InlineData("\0\u0001\n\t.\u202e")]
    [InlineData("\ud800.weight")]
    public void HostileNamesAreDescribedLikeAnyOther(string name)
    {
        foreach (var shape in new long[][] { [], [1], [7], [4, 5], [0, 0], [4, 5, 6], [long.MaxValue, long.MaxValue], new long[32] })
        {
            var description = TensorNaming.Describe(name, shape, DType.F32, name);
            Assert.Null(description.Block);
            Assert.Empty(description.Parts);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData("_")]
    [InlineData("a_1_")]
    [InlineData("layers_")]
    [InlineData("attn.")]
    [InlineData("lora_unet_")]
    [InlineData("weight.")]
    [InlineData("lora_a.default.")]
    public void LongNamesTakeNoLongTime(string unit)
    {
        var name = string.Concat(Enumerable.Repeat(unit, 65536 / unit.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
        {
            TensorNaming.Describe(name, [64, 64], DType.F32);
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public void RandomNamesNeverThrowAndAlwaysGiveAConsistentAnswer()
    {
        string[] pieces =
        [
            "layers", "h", "block", "0", "17", "attn", "mlp", "c_attn", "qkv", "in_proj_weight", "lora_A", "lora", "down", "up", "weight", "kernel", "bias",
            "experts", "norm", "lora_unet_a_to_q", "embeddings", "", "_", ":", "/", "0", "gate", "w1", "\u00e9", "\0", "scales", "parametrizations", "original0",
        ];
        var random = new Random(20240607);
        for (var i = 0; i < 20000; i++)
        {
            var name = string.Join(".:/_"[random.Next(4)], random.GetItems(pieces, random.Next(7)));
            var shape = Enumerable.Range(0, random.Next(7)).Select(_ => (long)random.Next(5) * random.Next(1, 40)).ToArray();
            var description = TensorNaming.Describe(name, shape, (DType)random.Next(23), random.Next(3) == 0 ? "gpt2" : null);
            Assert.True(description.SkipReason is not null || shape.Count(size => size > 1) >= 2, name);
            Assert.All(description.Parts, part => Assert.InRange(part.Indices[part.Indices.Length - 1], 0, shape.Aggregate(1L, (product, size) => product * size) - 1));
            Assert.Equal(Show(description), Show(TensorNaming.Describe("module." + name, shape, description.SkipReason is null ? null : DType.F32) with
            {
                SkipReason = description.SkipReason,
                Orientation = description.Orientation,
                Parts = description.Parts,
            }));
        }
    }

    private static (string Name, long[] Shape, string? Architecture) Question(string row)
    {
        var fields = row.Split(" | ");
        return (fields[0], Shape(fields[1]), fields[2] == "-" ? null : fields[2]);
    }

    private static long[] Shape(string text) =>
        text == "scalar" ? [] : [.. text.Split('x').Select(size => long.Parse(size, CultureInfo.InvariantCulture))];

    private static string Said(string row)
    {
        var (name, shape, architecture) = Question(row);
        return string.Join(" | ", row.Split(" | ")[..3]) + " | " + Show(TensorNaming.Describe(name, shape, DType.F32, architecture));
    }

    private static string Normal(string row)
    {
        var fields = row.Replace("| |", "|  |").Split(" | ");
        return string.Join(" | ", [.. fields, .. Enumerable.Repeat("", 6 - fields.Length)]);
    }

    private static string Show(TensorDescription x) =>
        $"{x.Role.Text()} {x.Block?.ToString(CultureInfo.InvariantCulture) ?? "-"} {x.Kind} {x.Orientation} | "
        + string.Join(' ', x.Parts.Select(part => Show(part))) + $" | {x.SkipReason}";

    private static string Show(FusedPart part) =>
        $"{part.Suffix}{part.Indices.Start}+{part.Indices.Length}@{part.Side}" + (part.Indices.Run == part.Indices.Length ? "" : $"/{part.Indices.Run}%{part.Indices.Period}");
}
