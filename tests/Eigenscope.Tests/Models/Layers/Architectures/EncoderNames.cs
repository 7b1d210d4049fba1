namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Encoders of text, and encoders with decoders.</summary>
internal static class EncoderNames
{
    public const string Table =
        """
        # BERT
        bert.embeddings.word_embeddings.weight | 30522x768 | embedding - embedding InOut
        bert.embeddings.LayerNorm.weight | 768 | norm -
        bert.encoder.layer.0.attention.self.key.weight | 768x768 | attention_key 0 dense OutIn
        bert.encoder.layer.0.crossattention.self.value.weight | 768x768 | attention_value 0 dense OutIn
        bert.encoder.layer.0.crossattention.output.dense.weight | 768x768 | attention_output 0 dense OutIn
        cls.predictions.transform.dense.weight | 768x768 | other - dense OutIn
        cls.predictions.transform.LayerNorm.gamma | 768 | norm -
        cls.predictions.bias | 30522 | bias -
        cls.seq_relationship.weight | 2x768 | other - dense OutIn
        # RoBERTa, DistilBERT, ALBERT, ELECTRA
        roberta.encoder.layer.11.output.dense.weight | 768x3072 | mlp_down 11 dense OutIn
        lm_head.decoder.weight | 50265x768 | unembedding - dense OutIn
        lm_head.layer_norm.weight | 768 | norm -
        classifier.out_proj.weight | 2x768 | other - dense OutIn
        decoder.sentence_encoder.layers.0.self_attn.in_proj_weight | 2304x768 | attention_qkv 0 dense OutIn
        distilbert.transformer.layer.0.attention.q_lin.weight | 768x768 | attention_query 0 dense OutIn
        distilbert.transformer.layer.0.ffn.lin2.weight | 768x3072 | mlp_down 0 dense OutIn
        distilbert.transformer.layer.0.sa_layer_norm.weight | 768 | norm 0
        vocab_transform.weight | 768x768 | other - dense OutIn
        vocab_layer_norm.weight | 768 | norm -
        vocab_projector.weight | 30522x768 | unembedding - dense OutIn
        pre_classifier.weight | 768x768 | other - dense OutIn
        albert.encoder.embedding_hidden_mapping_in.weight | 768x128 | other - dense OutIn
        albert.encoder.albert_layer_groups.0.albert_layers.0.attention.query.weight | 768x768 | attention_query 0 dense OutIn
        albert.encoder.albert_layer_groups.0.albert_layers.0.attention.dense.weight | 768x768 | attention_output 0 dense OutIn
        albert.encoder.albert_layer_groups.0.albert_layers.0.attention.LayerNorm.weight | 768 | norm 0
        albert.encoder.albert_layer_groups.0.albert_layers.0.ffn.weight | 3072x768 | mlp_up 0 dense OutIn
        albert.encoder.albert_layer_groups.0.albert_layers.0.ffn_output.weight | 768x3072 | mlp_down 0 dense OutIn
        albert.encoder.albert_layer_groups.0.albert_layers.0.full_layer_layer_norm.weight | 768 | norm 0
        albert.pooler.weight | 768x768 | other - dense OutIn
        predictions.dense.weight | 128x768 | other - dense OutIn
        predictions.decoder.weight | 30000x128 | unembedding - dense OutIn
        electra.embeddings_project.weight | 256x128 | other - dense OutIn
        discriminator_predictions.dense.weight | 256x256 | other - dense OutIn
        discriminator_predictions.dense_prediction.weight | 1x256 | other - vector
        generator_predictions.dense.weight | 128x256 | other - dense OutIn
        generator_lm_head.weight | 30522x128 | unembedding - dense OutIn
        # DeBERTa
        deberta.encoder.layer.0.attention.self.in_proj.weight | 2304x768 | attention_qkv 0 dense OutIn
        deberta.encoder.layer.0.attention.self.pos_proj.weight | 768x768 | other 0 dense OutIn
        deberta.encoder.layer.0.attention.self.q_bias | 768 | bias 0
        deberta.encoder.layer.0.attention.self.query_proj.weight | 768x768 | attention_query 0 dense OutIn
        deberta.encoder.layer.0.attention.self.pos_key_proj.weight | 768x768 | other 0 dense OutIn
        deberta.encoder.rel_embeddings.weight | 512x768 | position_embedding - embedding
        deberta.encoder.LayerNorm.weight | 768 | norm -
        deberta.encoder.conv.conv.weight | 1536x1536x3 | convolution - conv1d OutIn
        lm_predictions.lm_head.dense.weight | 768x768 | other - dense OutIn
        # ModernBERT
        model.embeddings.tok_embeddings.weight | 50368x768 | embedding - embedding InOut
        model.layers.0.attn.Wqkv.weight | 2304x768 | attention_qkv 0 dense OutIn
        model.layers.0.attn.Wo.weight | 768x768 | attention_output 0 dense OutIn
        model.layers.0.mlp.Wi.weight | 2304x768 | mlp_gate_up 0 dense OutIn
        model.layers.0.mlp.Wo.weight | 768x1152 | mlp_down 0 dense OutIn
        model.layers.1.attn_norm.weight | 768 | norm 1
        model.final_norm.weight | 768 | norm -
        head.dense.weight | 768x768 | other - dense OutIn
        decoder.weight | 50368x768 | unembedding - dense OutIn
        decoder.weight | 768x16384 | other - dense OutIn
        # T5, mT5, UL2, LongT5
        decoder.block.0.layer.1.EncDecAttention.k.weight | 768x768 | attention_key 0 dense OutIn
        decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight | 32x12 | position_embedding 0 embedding
        decoder.block.0.layer.2.DenseReluDense.wo.weight | 768x2048 | mlp_down 0 dense OutIn
        encoder.final_layer_norm.weight | 768 | norm -
        encoder.embed_tokens.weight | 32128x768 | embedding - embedding InOut
        lm_head.weight | 250112x768 | unembedding - dense OutIn
        encoder.block.0.layer.0.TransientGlobalSelfAttention.q.weight | 768x768 | attention_query 0 dense OutIn
        encoder.block.0.layer.0.LocalSelfAttention.o.weight | 768x768 | attention_output 0 dense OutIn
        encoder.block.0.layer.0.TransientGlobalSelfAttention.global_relative_attention_bias.weight | 32x12 | position_embedding 0 embedding
        # BART, mBART, Marian
        model.encoder.layernorm_embedding.weight | 768 | norm -
        model.encoder.layers.0.self_attn.q_proj.weight | 768x768 | attention_query 0 dense OutIn
        model.decoder.layers.0.encoder_attn_layer_norm.weight | 768 | norm 0
        model.encoder.layer_norm.weight | 1024 | norm -
        model.encoder.embed_positions.weight | 1026x768 | position_embedding - embedding
        classification_head.out_proj.weight | 3x1024 | other - dense OutIn
        decoder.output_projection.weight | 50264x768 | unembedding - dense OutIn
        """;
}
