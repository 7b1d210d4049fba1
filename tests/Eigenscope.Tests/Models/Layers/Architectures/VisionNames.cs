namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Transformers of images, and of images with text.</summary>
internal static class VisionNames
{
    public const string Table =
        """
        # ViT, DeiT
        vit.embeddings.cls_token | 1x1x768 | other - vector
        vit.embeddings.position_embeddings | 1x197x768 | position_embedding - embedding
        vit.embeddings.patch_embeddings.projection.weight | 768x3x16x16 | convolution - conv2d OutIn
        vit.encoder.layer.0.attention.output.dense.weight | 768x768 | attention_output 0 dense OutIn
        vit.encoder.layer.0.intermediate.dense.weight | 3072x768 | mlp_up 0 dense OutIn
        vit.encoder.layer.0.layernorm_before.weight | 768 | norm 0
        classifier.weight | 1000x768 | other - dense OutIn
        blocks.0.mlp.fc2.weight | 768x3072 | mlp_down 0 dense OutIn
        blocks.0.attn.q_norm.weight | 64 | norm 0
        fc_norm.weight | 768 | norm -
        attn_pool.latent | 1x1x768 | other - vector
        attn_pool.q.weight | 768x768 | attention_query - dense OutIn
        attn_pool.kv.weight | 1536x768 | attention_qkv - dense OutIn
        attn_pool.proj.weight | 768x768 | attention_output - dense OutIn
        attn_pool.mlp.fc1.weight | 3072x768 | mlp_up - dense OutIn
        dist_token | 1x1x768 | other - vector
        head_dist.weight | 1000x768 | other - dense OutIn
        cls_classifier.weight | 1000x768 | other - dense OutIn
        encoder.layers.encoder_layer_0.self_attention.in_proj_weight | 2304x768 | attention_qkv 0 dense OutIn
        encoder.layers.encoder_layer_0.ln_1.weight | 768 | norm 0
        encoder.layers.encoder_layer_0.mlp.linear_1.weight | 3072x768 | mlp_up 0 dense OutIn
        encoder.pos_embedding | 1x197x768 | position_embedding - embedding
        conv_proj.weight | 768x3x16x16 | convolution - conv2d OutIn
        heads.head.weight | 1000x768 | other - dense OutIn
        blocks.0.mlp.fc1_g.weight | 2048x768 | mlp_gate 0 dense OutIn
        blocks.0.mlp.fc1_x.weight | 2048x768 | mlp_up 0 dense OutIn
        # Swin
        swin.embeddings.patch_embeddings.projection.weight | 96x3x4x4 | convolution - conv2d OutIn
        swin.encoder.layers.0.blocks.1.attention.self.query.weight | 96x96 | attention_query 0 dense OutIn
        swin.encoder.layers.0.blocks.1.attention.self.relative_position_bias_table | 169x3 | position_embedding 0 embedding
        swin.encoder.layers.0.blocks.1.attention.self.relative_position_index | 49x49 | other 0 other | a positional buffer
        swin.encoder.layers.0.blocks.1.attention.output.dense.weight | 96x96 | attention_output 0 dense OutIn
        swin.encoder.layers.0.blocks.1.output.dense.weight | 96x384 | mlp_down 0 dense OutIn
        swin.encoder.layers.0.downsample.reduction.weight | 192x384 | other 0 dense OutIn
        swin.encoder.layers.0.downsample.norm.weight | 384 | norm 0
        layers.0.blocks.1.attn_mask | 64x49x49 | other 0 other | an attention mask, a fixed buffer
        layers.0.blocks.1.attn.logit_scale | 3x1x1 | other 0 vector
        layers.0.blocks.1.attn.cpb_mlp.0.weight | 512x2 | other 0 dense OutIn
        layers.0.blocks.1.attn.cpb_mlp.2.weight | 3x512 | other 0 dense OutIn
        layers.0.blocks.1.attn.relative_coords_table | 1x15x15x2 | other 0 other | a positional buffer
        features.1.0.attn.qkv.weight | 288x96 | attention_qkv 1 dense OutIn
        features.1.0.attn.proj.weight | 96x96 | attention_output 1 dense OutIn
        features.1.0.mlp.0.weight | 384x96 | mlp_up 1 dense OutIn
        features.1.0.mlp.3.weight | 96x384 | mlp_down 1 dense OutIn
        # DINOv2
        mask_token | 1x768 | other - vector
        encoder.layer.0.attention.attention.value.weight | 768x768 | attention_value 0 dense OutIn
        encoder.layer.0.layer_scale1.lambda1 | 768 | other 0 vector
        encoder.layer.0.mlp.weights_in.weight | 8192x1536 | mlp_gate_up 0 dense OutIn
        encoder.layer.0.mlp.weights_out.weight | 1536x4096 | mlp_down 0 dense OutIn
        embeddings.patch_embeddings.projection.weight | 768x3x14x14 | convolution - conv2d OutIn
        dino_head.last_layer.weight_v | 65536x256 | other - dense OutIn
        dino_head.last_layer.weight_g | 65536x1 | other - vector
        # CLIP, SigLIP
        text_model.embeddings.token_embedding.weight | 49408x512 | embedding - embedding InOut
        text_model.embeddings.position_embedding.weight | 77x512 | position_embedding - embedding
        text_model.encoder.layers.0.self_attn.out_proj.weight | 512x512 | attention_output 0 dense OutIn
        text_model.final_layer_norm.weight | 512 | norm -
        vision_model.embeddings.class_embedding | 768 | other - vector
        vision_model.embeddings.patch_embedding.weight | 768x3x32x32 | convolution - conv2d OutIn
        vision_model.pre_layrnorm.weight | 768 | norm -
        visual_projection.weight | 512x768 | other - dense OutIn
        visual.class_embedding | 768 | other - vector
        visual.positional_embedding | 50x768 | position_embedding - embedding
        visual.proj | 768x512 | other - dense
        visual.ln_pre.weight | 768 | norm -
        transformer.resblocks.0.mlp.c_proj.weight | 512x2048 | mlp_down 0 dense OutIn
        transformer.resblocks.0.attn.out_proj.weight | 512x512 | attention_output 0 dense OutIn
        visual.attnpool.q_proj.weight | 2048x2048 | attention_query - dense OutIn
        visual.attnpool.c_proj.weight | 1024x2048 | attention_output - dense OutIn
        visual.attnpool.positional_embedding | 50x2048 | position_embedding - embedding
        vision_model.head.probe | 1x1x768 | other - vector
        vision_model.head.attention.in_proj_weight | 2304x768 | attention_qkv - dense OutIn
        vision_model.head.mlp.fc1.weight | 3072x768 | mlp_up - dense OutIn
        text_model.head.weight | 768x768 | other - dense OutIn
        logit_bias | 1 | bias -
        # SAM, SAM 2
        image_encoder.pos_embed | 1x64x64x768 | position_embedding - embedding
        image_encoder.blocks.0.attn.rel_pos_h | 27x64 | position_embedding 0 embedding
        image_encoder.blocks.0.mlp.lin1.weight | 3072x768 | mlp_up 0 dense OutIn
        image_encoder.neck.0.weight | 256x768x1x1 | convolution 0 conv2d OutIn
        prompt_encoder.pe_layer.positional_encoding_gaussian_matrix | 2x128 | other - other | a positional buffer
        prompt_encoder.point_embeddings.0.weight | 1x256 | other 0 vector
        prompt_encoder.mask_downscaling.0.weight | 4x1x2x2 | convolution 0 conv2d OutIn
        mask_decoder.iou_token.weight | 1x256 | other - vector
        mask_decoder.transformer.layers.0.self_attn.q_proj.weight | 256x256 | attention_query 0 dense OutIn
        mask_decoder.transformer.layers.0.cross_attn_token_to_image.k_proj.weight | 128x256 | attention_key 0 dense OutIn
        mask_decoder.transformer.layers.0.cross_attn_token_to_image.out_proj.weight | 256x128 | attention_output 0 dense OutIn
        mask_decoder.transformer.layers.1.cross_attn_image_to_token.out_proj.weight | 256x128 | attention_output 1 dense OutIn
        mask_decoder.transformer.final_attn_token_to_image.out_proj.weight | 256x128 | attention_output - dense OutIn
        mask_decoder.output_upscaling.0.weight | 256x64x2x2 | convolution 0 conv2d InOut
        mask_decoder.upscale_conv1.weight | 256x64x2x2 | convolution - conv2d InOut
        mask_decoder.output_hypernetworks_mlps.0.layers.2.weight | 32x256 | other 2 dense OutIn
        image_encoder.trunk.blocks.0.mlp.layers.0.weight | 384x96 | mlp_up 0 dense OutIn
        image_encoder.trunk.blocks.0.mlp.layers.1.weight | 96x384 | mlp_down 0 dense OutIn
        # DETR
        transformer.encoder.layers.0.self_attn.in_proj_weight | 768x256 | attention_qkv 0 dense OutIn
        class_embed.weight | 92x256 | other - dense OutIn
        backbone.0.body.layer1.0.conv1.weight | 64x64x1x1 | convolution 0 conv2d OutIn
        """;
}
