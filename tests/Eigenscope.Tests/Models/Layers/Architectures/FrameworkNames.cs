namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>Keras, Flax, TensorFlow, and recurrent layers of torch.</summary>
internal static class FrameworkNames
{
    public const string Table =
        """
        # torch
        gru.weight_ih_l0 | 384x128 | recurrent - recurrent OutIn
        lstm.weight_hr_l0 | 64x128 | recurrent - recurrent OutIn
        encoder.rnns.0.module.weight_hh_l0_raw | 4600x1150 | recurrent 0 recurrent OutIn
        gru_cell.weight_hh | 384x128 | recurrent - recurrent OutIn
        # Flax
        model/layers/3/self_attn/q_proj/kernel | 4096x4096 | attention_query 3 dense InOut
        model/layers/3/mlp/down_proj/kernel | 11008x4096 | mlp_down 3 dense InOut
        bert/encoder/layer/0/attention/self/query/kernel | 768x768 | attention_query 0 dense InOut
        bert/embeddings/word_embeddings/embedding | 30522x768 | embedding - embedding InOut
        bert/embeddings/LayerNorm/scale | 768 | norm -
        encoder/block/0/layer/0/SelfAttention/q/kernel | 512x512 | attention_query 0 dense InOut
        encoder/block/0/layer/0/SelfAttention/relative_attention_bias/embedding | 32x8 | position_embedding 0 embedding
        shared/embedding | 32128x512 | embedding - embedding InOut
        transformer/wte/embedding | 50257x768 | embedding - embedding InOut
        transformer/h/0/attn/c_attn/kernel | 2304x768 | attention_qkv 0 dense OutIn
        transformer/h/0/attn/c_proj/kernel | 768x768 | attention_output 0 dense
        @ GPT2LMHeadModel
        transformer/h/0/mlp/c_fc/kernel | 3072x768 | mlp_up 0 dense OutIn
        transformer/h/0/mlp/c_proj/kernel | 768x3072 | mlp_down 0 dense OutIn
        tfgpt2_model/transformer/h_._0/mlp/c_fc/weight:0 | 768x3072 | mlp_up 0 dense InOut
        @ -
        target/encoder/layers_0/attention/query/kernel | 768x768 | attention_query 0 dense InOut
        target/encoder/layers_0/mlp/wi_0/kernel | 768x2048 | mlp_gate 0 dense InOut
        target/encoder/layers_0/pre_attention_layer_norm/scale | 768 | norm 0
        target/encoder/relpos_bias/rel_embedding | 12x32 | position_embedding - embedding
        target/decoder/layers_0/encoder_decoder_attention/out/kernel | 768x768 | attention_output 0 dense InOut
        target/decoder/logits_dense/kernel | 768x32128 | unembedding - dense InOut
        target/token_embedder/embedding | 32128x768 | embedding - embedding InOut
        Transformer/encoderblock_0/MultiHeadDotProductAttention_0/out/kernel | 12x64x768 | attention_output 0 dense InOut
        Transformer/encoderblock_0/MlpBlock_0/Dense_0/kernel | 768x3072 | mlp_up 0 dense InOut
        Transformer/encoderblock_0/MlpBlock_3/Dense_1/kernel | 3072x768 | mlp_down 0 dense InOut
        Transformer/encoderblock_0/LayerNorm_0/scale | 768 | norm 0
        Transformer/posembed_input/pos_embedding | 1x197x768 | position_embedding - embedding
        embedding/kernel | 16x16x3x768 | convolution - conv2d InOut
        head/kernel | 768x1000 | other - dense InOut
        transformer/layer_0/attn/q_einsum/w | 8x2048x256 | attention_query 0 experts
        transformer/layer_0/attn/attn_vec_einsum/w | 8x256x2048 | attention_output 0 dense InOut
        transformer/layer_0/mlp/gating_einsum | 2x2048x16384 | mlp_gate_up 0 experts
        transformer/layer_0/mlp/linear/w | 16384x2048 | other 0 dense InOut
        transformer/embedder/input_embedding | 256128x2048 | embedding - embedding InOut
        # Keras
        conv2_block1_1_conv/conv2_block1_1_conv/kernel:0 | 1x1x64x64 | convolution - conv2d InOut
        conv2_block1_1_bn/conv2_block1_1_bn/gamma:0 | 64 | norm -
        expanded_conv_depthwise/depthwise_kernel:0 | 3x3x32x1 | convolution - conv2d
        separable_conv2d/separable_conv2d/pointwise_kernel:0 | 1x1x32x64 | convolution - conv2d InOut
        predictions/predictions/kernel:0 | 2048x1000 | other - dense InOut
        gru/gru_cell/recurrent_kernel:0 | 128x384 | recurrent - recurrent InOut
        bidirectional/forward_lstm/lstm_cell/kernel:0 | 128x512 | recurrent - recurrent InOut
        multi_head_attention/query/kernel:0 | 64x4x16 | attention_query - dense InOut
        multi_head_attention/attention_output/kernel:0 | 4x16x64 | attention_output - dense InOut
        position_embedding/embeddings:0 | 200x32 | position_embedding - embedding
        # Keras 1
        dense_1/dense_1_W | 784x512 | other - dense InOut
        dense_1/dense_1_b | 512 | bias -
        convolution2d_1/convolution2d_1_W | 32x3x3x3 | convolution - conv2d
        convolution2d_1_b | 32 | bias -
        convolution1d_1_W | 3x1x128x64 | convolution - conv2d
        embedding_1/embedding_1_W | 20000x128 | embedding - embedding InOut
        batchnormalization_1/batchnormalization_1_gamma | 64 | norm -
        batchnormalization_1/batchnormalization_1_beta | 64 | bias -
        batchnormalization_1/batchnormalization_1_running_std | 64 | norm - norm | a batch normalisation statistic
        lstm_1/lstm_1_W_i | 128x128 | recurrent - recurrent InOut
        lstm_1/lstm_1_U_c | 128x128 | recurrent - recurrent InOut
        lstm_1/lstm_1_b_f | 128 | bias -
        gru_2/gru_2_U_r | 128x128 | recurrent - recurrent InOut
        timedistributed_1/timedistributed_1_W | 128x10 | other - dense InOut
        # TensorFlow's checkpoints
        bert/embeddings/word_embeddings | 30522x768 | embedding - embedding InOut
        bert/embeddings/position_embeddings | 512x768 | position_embedding - embedding
        bert/encoder/layer_0/attention/output/dense/kernel | 768x768 | attention_output 0 dense InOut
        bert/encoder/layer_0/attention/output/LayerNorm/gamma | 768 | norm 0
        bert/encoder/layer_0/intermediate/dense/kernel | 768x3072 | mlp_up 0 dense InOut
        bert/pooler/dense/kernel | 768x768 | other - dense InOut
        cls/predictions/output_bias | 30522 | bias -
        cls/seq_relationship/output_weights | 2x768 | other - dense
        bert/encoder/transformer/group_0/inner_group_0/attention_1/self/query/kernel | 768x768 | attention_query 0 dense InOut
        bert/encoder/transformer/group_0/inner_group_0/attention_1/output/dense/kernel | 768x768 | attention_output 0 dense InOut
        bert/encoder/transformer/group_0/inner_group_0/ffn_1/intermediate/dense/kernel | 768x3072 | mlp_up 0 dense InOut
        bert/encoder/transformer/group_0/inner_group_0/ffn_1/intermediate/output/dense/kernel | 3072x768 | mlp_down 0 dense InOut
        MobilenetV1/Conv2d_1_depthwise/depthwise_weights | 3x3x32x1 | convolution - conv2d
        MobilenetV1/Conv2d_1_pointwise/weights | 1x1x32x64 | convolution - conv2d InOut
        MobilenetV1/Conv2d_1_pointwise/BatchNorm/moving_mean | 64 | norm - norm | a batch normalisation statistic
        rnn/multi_rnn_cell/cell_0/basic_lstm_cell/kernel | 256x512 | recurrent - recurrent InOut
        """;
}
