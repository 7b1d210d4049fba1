namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Diffusion models and their encoders of images.</summary>
internal static class DiffusionNames
{
    public const string Table =
        """
        # Stable Diffusion, as diffusers names it
        conv_in.weight | 320x4x3x3 | convolution - conv2d OutIn
        down_blocks.0.attentions.0.transformer_blocks.0.ff.net.0.proj.weight | 2560x320 | mlp_gate_up 0 dense OutIn
        down_blocks.0.attentions.0.transformer_blocks.0.norm1.weight | 320 | norm 0
        lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_ff_net_0_proj.lora_up.weight | 2560x4 | mlp_gate_up 0 dense OutIn
        down_blocks.0.motion_modules.1.temporal_transformer.transformer_blocks.0.ff.net.2.weight | 320x1280 | mlp_down 0 dense OutIn
        down_blocks.0.motion_modules.1.transformer_blocks.0.ff.net.0.proj.weight | 2560x320 | mlp_gate_up 0 dense OutIn
        up_blocks.1.upsamplers.0.conv.weight | 1280x1280x3x3 | convolution 1 conv2d OutIn
        add_embedding.linear_1.weight | 1280x2816 | other - dense OutIn
        encoder.mid_block.attentions.0.to_q.weight | 512x512 | attention_query 0 dense OutIn
        encoder.mid_block.attentions.0.proj_attn.weight | 512x512 | attention_output 0 dense OutIn
        decoder.conv_norm_out.weight | 128 | norm -
        quant_conv.weight | 8x8x1x1 | convolution - conv2d OutIn
        # the same by its first names
        model.diffusion_model.input_blocks.1.0.in_layers.2.weight | 320x320x3x3 | convolution 1 conv2d OutIn
        model.diffusion_model.input_blocks.1.0.emb_layers.1.weight | 320x1280 | other 1 dense OutIn
        model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.weight | 320x320 | attention_query 1 dense OutIn
        model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_out.0.weight | 320x320 | attention_output 1 dense OutIn
        model.diffusion_model.input_blocks.1.1.transformer_blocks.0.ff.net.0.proj.weight | 2560x320 | mlp_gate_up 1 dense OutIn
        model.diffusion_model.input_blocks.1.1.transformer_blocks.0.ff.net.2.weight | 320x1280 | mlp_down 1 dense OutIn
        model.diffusion_model.middle_block.1.transformer_blocks.0.ff.net.0.proj.weight | 10240x1280 | mlp_gate_up 1 dense OutIn
        model.diffusion_model.output_blocks.11.1.proj_out.weight | 320x320x1x1 | convolution 11 conv2d OutIn
        model.diffusion_model.time_embed.0.weight | 1280x320 | other 0 dense OutIn
        model.diffusion_model.out.2.weight | 4x320x3x3 | convolution 2 conv2d OutIn
        model.diffusion_model.label_emb.0.0.weight | 1280x2816 | other 0 dense OutIn
        first_stage_model.encoder.down.2.block.0.conv1.weight | 512x256x3x3 | convolution 2 conv2d OutIn
        first_stage_model.encoder.down.2.block.0.norm1.weight | 256 | norm 2
        first_stage_model.encoder.mid.attn_1.q.weight | 512x512x1x1 | attention_query - conv2d OutIn
        first_stage_model.encoder.mid.attn_1.proj_out.weight | 512x512x1x1 | attention_output - conv2d OutIn
        first_stage_model.decoder.up.3.upsample.conv.weight | 512x512x3x3 | convolution 3 conv2d OutIn
        cond_stage_model.transformer.text_model.encoder.layers.0.mlp.fc1.weight | 3072x768 | mlp_up 0 dense OutIn
        conditioner.embedders.1.model.transformer.resblocks.0.attn.in_proj_weight | 3840x1280 | attention_qkv 0 dense OutIn
        alphas_cumprod | 1000 | other - vector
        # SD3
        transformer_blocks.0.attn.to_add_out.weight | 1536x1536 | attention_output 0 dense OutIn
        transformer_blocks.0.attn.norm_q.weight | 64 | norm 0
        transformer_blocks.0.norm1.linear.weight | 9216x1536 | other 0 dense OutIn
        transformer_blocks.0.ff.net.0.proj.weight | 6144x1536 | mlp_up 0 dense OutIn
        transformer_blocks.0.ff_context.net.0.proj.weight | 6144x1536 | mlp_up 0 dense OutIn
        pos_embed.pos_embed | 1x36864x1536 | position_embedding - embedding
        pos_embed.proj.weight | 1536x16x2x2 | convolution - conv2d OutIn
        context_embedder.weight | 1536x4096 | other - dense OutIn
        proj_out.weight | 64x1536 | other - dense OutIn
        model.diffusion_model.joint_blocks.3.x_block.attn.qkv.weight | 4608x1536 | attention_qkv 3 dense OutIn
        model.diffusion_model.joint_blocks.3.context_block.mlp.fc1.weight | 6144x1536 | mlp_up 3 dense OutIn
        model.diffusion_model.joint_blocks.3.x_block.adaLN_modulation.1.weight | 9216x1536 | other 3 dense OutIn
        model.diffusion_model.joint_blocks.3.x_block.attn.ln_q.weight | 64 | norm 3
        model.diffusion_model.t_embedder.mlp.0.weight | 1536x256 | other 0 dense OutIn
        model.diffusion_model.final_layer.linear.weight | 64x1536 | other - dense OutIn
        # Flux
        single_transformer_blocks.0.attn.to_k.weight | 3072x3072 | attention_key 0 dense OutIn
        single_transformer_blocks.0.proj_mlp.weight | 12288x3072 | mlp_up 0 dense OutIn
        single_transformer_blocks.0.proj_out.weight | 3072x15360 | other 0 dense OutIn
        double_blocks.0.img_mod.lin.weight | 18432x3072 | other 0 dense OutIn
        double_blocks.0.txt_attn.proj.weight | 3072x3072 | attention_output 0 dense OutIn
        double_blocks.0.txt_mlp.2.weight | 3072x12288 | mlp_down 0 dense OutIn
        double_blocks.0.img_attn.norm.query_norm.scale | 128 | norm 0
        single_blocks.0.modulation.lin.weight | 9216x3072 | other 0 dense OutIn
        single_blocks.0.norm.key_norm.scale | 128 | norm 0
        img_in.weight | 3072x64 | other - dense OutIn
        # Wan
        blocks.0.self_attn.q.weight | 1536x1536 | attention_query 0 dense OutIn
        blocks.0.cross_attn.o.weight | 1536x1536 | attention_output 0 dense OutIn
        blocks.0.ffn.0.weight | 8960x1536 | mlp_up 0 dense OutIn
        blocks.0.ffn.2.weight | 1536x8960 | mlp_down 0 dense OutIn
        """;
}
