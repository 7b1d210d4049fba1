namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Speech and sound.</summary>
internal static class AudioNames
{
    public const string Table =
        """
        # Whisper
        model.encoder.conv1.weight | 384x80x3 | convolution - conv1d OutIn
        model.encoder.embed_positions.weight | 1500x384 | position_embedding - embedding
        model.decoder.layers.0.encoder_attn.v_proj.weight | 384x384 | attention_value 0 dense OutIn
        proj_out.weight | 51865x384 | unembedding - dense OutIn
        decoder.token_embedding.weight | 51865x384 | embedding - embedding InOut
        decoder.blocks.0.attn.key.weight | 384x384 | attention_key 0 dense OutIn
        decoder.blocks.0.attn_ln.weight | 384 | norm 0
        decoder.blocks.0.cross_attn_ln.weight | 384 | norm 0
        encoder.ln_post.weight | 384 | norm -
        # wav2vec 2.0, HuBERT, WavLM
        wav2vec2.feature_extractor.conv_layers.1.conv.weight | 512x512x3 | convolution 1 conv1d OutIn
        wav2vec2.feature_extractor.conv_layers.0.layer_norm.weight | 512 | norm 0
        wav2vec2.feature_projection.projection.weight | 768x512 | other - dense OutIn
        wav2vec2.encoder.pos_conv_embed.conv.weight_g | 1x1x128 | other - vector
        wav2vec2.encoder.pos_conv_embed.conv.weight_v | 768x48x128 | convolution - conv1d OutIn
        wav2vec2.encoder.pos_conv_embed.conv.parametrizations.weight.original0 | 1x1x128 | other - vector
        wav2vec2.encoder.pos_conv_embed.conv.parametrizations.weight.original1 | 768x48x128 | convolution - conv1d OutIn
        wav2vec2.encoder.layers.0.attention.out_proj.weight | 768x768 | attention_output 0 dense OutIn
        wav2vec2.encoder.layers.0.feed_forward.intermediate_dense.weight | 3072x768 | mlp_up 0 dense OutIn
        wav2vec2.encoder.layers.0.feed_forward.output_dense.weight | 768x3072 | mlp_down 0 dense OutIn
        wav2vec2.encoder.layers.0.final_layer_norm.weight | 768 | norm 0
        wav2vec2.masked_spec_embed | 768 | other - vector
        quantizer.weight_proj.weight | 640x512 | other - dense OutIn
        encoder.pos_conv.0.weight_v | 768x48x128 | convolution 0 conv1d OutIn
        feature_extractor.conv_layers.1.0.weight | 512x512x3 | convolution 1 conv1d OutIn
        label_embs_concat | 504x256 | other - dense
        encoder.layers.0.attention.gru_rel_pos_linear.weight | 8x64 | other 0 dense OutIn
        encoder.layers.0.attention.gru_rel_pos_const | 1x12x1x1 | other 0 vector
        encoder.layers.0.attention.rel_attn_embed.weight | 320x12 | position_embedding 0 embedding
        # Conformer
        encoder.layers.0.ffn1.intermediate_dense.weight | 4096x1024 | mlp_up 0 dense OutIn
        encoder.layers.0.ffn2.output_dense.weight | 1024x4096 | mlp_down 0 dense OutIn
        encoder.layers.0.feed_forward1.linear1.weight | 2048x512 | mlp_up 0 dense OutIn
        encoder.layers.0.self_attn.linear_q.weight | 512x512 | attention_query 0 dense OutIn
        encoder.layers.0.self_attn.linear_k.weight | 512x512 | attention_key 0 dense OutIn
        encoder.layers.0.self_attn.linear_v.weight | 512x512 | attention_value 0 dense OutIn
        encoder.layers.0.self_attn.linear_out.weight | 512x512 | attention_output 0 dense OutIn
        encoder.layers.0.self_attn.linear_pos.weight | 512x512 | other 0 dense OutIn
        encoder.layers.0.self_attn.pos_bias_u | 8x64 | bias 0
        encoder.layers.0.conv.pointwise_conv1.weight | 1024x512x1 | convolution 0 conv1d OutIn
        encoder.layers.0.conv.depthwise_conv.weight | 512x1x31 | convolution 0 conv1d OutIn
        # EnCodec, HiFi-GAN
        encoder.layers.0.conv.weight_v | 32x1x7 | convolution 0 conv1d OutIn
        encoder.layers.13.lstm.weight_ih_l0 | 2048x512 | recurrent 13 recurrent OutIn
        encoder.model.0.conv.conv.weight_v | 32x1x7 | convolution 0 conv1d OutIn
        decoder.model.3.convtr.convtr.weight_v | 512x256x16 | convolution 3 conv1d InOut
        quantizer.layers.0.codebook.embed | 1024x128 | embedding 0 embedding InOut
        quantizer.layers.0.codebook.embed_avg | 1024x128 | other 0 other | a running average of a codebook
        quantizer.layers.0.codebook.cluster_size | 1024 | other 0 vector
        ups.0.weight_v | 512x256x16 | convolution 0 conv1d InOut
        resblocks.0.convs1.0.weight_v | 256x256x3 | convolution 0 conv1d OutIn
        """;
}
