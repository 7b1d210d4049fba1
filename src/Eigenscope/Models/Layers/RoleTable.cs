namespace Eigenscope.Models.Layers;

/// <summary>
/// From the end of a module's path to its role. A row names suffixes of whole segments, in lower case; the longest suffix that a path
/// ends with wins. A number in a path stands for itself (<c>mlp.0</c>) or is passed over (<c>experts.7.w1</c> and
/// <c>experts.expert_7.w1</c> end with <c>experts.w1</c>).
/// </summary>
internal static class RoleTable
{
    private const string Attention =
        "attn attention self_attn self_attention selfattention attn1 attn2 cross_attn crossattention encoder_attn encdecattention "
        + "multihead_attn multiheadattention multi_head_attention multiheaddotproductattention_0 img_attn txt_attn mha att linear_attn "
        + "attn_1 attention_1 attn_pool attnpool encoder_decoder_attention localselfattention transientglobalselfattention "
        + "cross_attn_token_to_image cross_attn_image_to_token final_attn_token_to_image";

    private const string GatedMlp = "feed_forward feedforward ffn experts shared_expert shared_experts experts.mlp block_sparse_moe";

    private const string Mlp = GatedMlp + " mlp ff densereludense shared_mlp ffn1 ffn2 feed_forward1 feed_forward2";

    /// <summary>Where in a network a row holds.</summary>
    private enum Place
    {
        Anywhere,
        InBlock,
        OutsideBlocks,
    }

    private static readonly Row[] Rows =
    [
        new(Role.AttentionQuery, "q_proj query query_proj to_q q_lin wq q_attn attn_q q_proj_weight add_q_proj query_dense _query_dense"),
        new(Role.AttentionQuery, "q_a_proj q_b_proj attn_q_a attn_q_b wq_a wq_b cross_attn_q q_einsum time_mix_receptance"),
        new(Role.AttentionQuery, "q linear_q receptance experts.input_linear", Attention),
        new(Role.AttentionKey, "k_proj key key_proj to_k k_lin wk attn_k k_proj_weight add_k_proj attn_k_b cross_attn_k time_mix_key key_dense _key_dense"),
        new(Role.AttentionKey, "k linear_k", Attention),
        new(Role.AttentionValue, "v_proj value value_proj to_v v_lin wv attn_v v_proj_weight add_v_proj attn_v_b cross_attn_v time_mix_value value_dense _value_dense"),
        new(Role.AttentionValue, "v linear_v", Attention),
        new(Role.AttentionQkv, "c_attn query_key_value qkv wqkv qkv_proj to_qkv attn_qkv in_proj_weight qkv_transform_single self.in_proj w_pack att_proj linear_qkv"),
        new(Role.AttentionQkv, "to_kv kv_proj kv_a_proj_with_mqa kv_b_proj attn_kv attn_kv_a_mqa attn_kv_b wkv_a wkv_b kv_einsum qkv_einsum"),
        new(Role.AttentionQkv, "in_proj in_proj_qkvz in_proj_qkv kv", Attention),
        new(Role.AttentionOutput, "o_proj to_out attn_output attn_out out_lin to_add_out output_transform_single output_dense _output_dense"),
        new(Role.AttentionOutput, "attn_o cross_attn_o attn_output_a attn_output_b attention_output attn_vec_einsum proj_attn time_mix_output"),
        new(Role.AttentionOutput, "c_proj out_proj output_proj proj out dense o wo output output.dense proj_out linear_out linear_proj", Attention),
        new(Role.AttentionOutput, "experts.output_linear", Attention),
        new(Role.MlpUp, "up_proj c_fc dense_h_to_4h ffn_up ffn_up_exps ffn_up_shexp intermediate.dense wi_1 albert_layers.ffn"),
        new(Role.MlpUp, "ffn_up_chexps channel_mix_key intermediate_dense feedforward_intermediate_dense _feedforward_intermediate_dense"),
        new(Role.MlpUp, "pwconv1 proj_mlp linear_fc1 mlpblock_0.dense_0 mlpblock_3.dense_0"),
        new(Role.MlpUp, "fc1 fc_in up wi linear1 linear_1 lin1 conv1 key fc1_x", Mlp),
        new(Role.MlpUp, "w3 v1", GatedMlp),
        new(Role.MlpUp, "fc1 fc_in linear1 lin1 mlp.0 img_mlp.0 txt_mlp.0 ff.net.0.proj ff_context.net.0.proj", Place: Place.InBlock),
        new(Role.MlpUp, "mlp.layers.0 ffn.0", Place: Place.InBlock),
        new(Role.MlpGate, "gate_proj ffn_gate ffn_gate_exps ffn_gate_shexp ffn_gate_chexps channel_mix_receptance wi_0"),
        new(Role.MlpGate, "w1", GatedMlp),
        new(Role.MlpGate, "receptance fc1_g", Mlp),
        new(Role.MlpGateUp, "gate_up_proj gated_layers w12 mlp.wi mlp.weights_in ffn_gate_up_exps ff_proj mlp1_weight gating_einsum"),
        new(Role.MlpGateUp, "input_linear", Mlp),
        new(Role.MlpDown, "down_proj dense_4h_to_h ffn_down ffn_down_exps ffn_down_shexp ffn_output output.dense"),
        new(Role.MlpDown, "ffn_down_chexps channel_mix_value feedforward_output_dense _feedforward_output_dense mlp.weights_out mlp2_weight"),
        new(Role.MlpDown, "pwconv2 linear_fc2 mlpblock_0.dense_1 mlpblock_3.dense_1"),
        new(Role.MlpDown, "c_proj fc2 fc_out down wo linear2 linear_2 lin2 conv2 value output_dense output_linear", Mlp),
        new(Role.MlpDown, "w2", GatedMlp),
        new(Role.MlpDown, "fc2 fc_out linear2 lin2 mlp.2 mlp.3 img_mlp.2 txt_mlp.2 ff.net.2 ff_context.net.2", Place: Place.InBlock),
        new(Role.MlpDown, "mlp.layers.1 ffn.2 ff_out", Place: Place.InBlock),

        // SwiGLU of timm and DINOv2: w3 narrows. Qwen 1, whose blocks are h.N, activates w2.
        new(Role.MlpGate, "mlp.w1 h.mlp.w2"),
        new(Role.MlpUp, "mlp.w2 h.mlp.w1"),
        new(Role.MlpDown, "mlp.w3"),

        // ChatGLM 2 and later gate under Megatron's name; Switch Transformers do not gate under ModernBERT's.
        new(Role.MlpGateUp, "transformer.encoder.layers.mlp.dense_h_to_4h"),
        new(Role.MlpUp, "block.layer.mlp.wi"),

        // The transformers of Stable Diffusion's UNet gate, those of SD3 and Flux do not.
        new(Role.MlpGateUp, "transformer_blocks.ff.net.proj", "attentions input_blocks middle_block output_blocks motion_modules"),

        // The mixer of Phi, whose blocks are h.N, is attention; that of Mamba, whose blocks are layers.N, is not.
        new(Role.AttentionOutput, "h.mixer.out_proj"),

        // Flux fuses attention and feed-forward in these two.
        new(Role.Other, "single_blocks.linear1 single_blocks.linear2"),

        // RWKV's mixing ratios; and the gate of WavLM's relative positions, which is no recurrent layer.
        new(Role.Other, "time_mix_key time_mix_value time_mix_receptance", "attention feed_forward att ffn"),
        new(Role.Other, "gru_rel_pos_linear"),

        new(Role.Convolution, "ssm_conv1d shortconv.conv"),

        new(Role.Router, "router router.layer router.classifier gate.wg ffn_gate_inp ffn_gate_inp_shexp shared_expert_gate"),
        new(Role.Router, "gate", "mlp block_sparse_moe moe ffn feed_forward mixer"),
        new(Role.Embedding, "wte embed_tokens word_embeddings word_embedding token_embd tok_embeddings token_embedding token_embeddings"),
        new(Role.Embedding, "embed_in tok_emb token_type_embeddings token_types embedding_table embeddings_en per_layer_token_embd"),
        new(Role.Embedding, "tokens_embed embed_tokens_per_layer input_embedding"),
        new(Role.Embedding, "emb embed embedding embeddings"),
        new(Role.Embedding, "shared", Place: Place.OutsideBlocks),
        new(Role.PositionEmbedding, "wpe position_embeddings position_embedding positional_embedding position_embd"),
        new(Role.PositionEmbedding, "pos_embed pos_embedding pos_emb embed_positions decoder_pos_embed absolute_pos_embed"),
        new(Role.PositionEmbedding, "relative_attention_bias relative_position_bias_table relative_position_bias rel_embedding"),
        new(Role.PositionEmbedding, "attn_rel_b cross_attn_rel_b rel_embeddings rel_pos_h rel_pos_w positional_embeddings"),
        new(Role.PositionEmbedding, "positions_embed global_relative_attention_bias rel_attn_embed positional_embedding_vlm tile_embedding"),
        new(Role.PositionEmbedding, "gated_positional_embedding pre_tile_positional_embedding.embedding post_tile_positional_embedding.embedding"),
        new(Role.Unembedding, "lm_head lm_head.decoder predictions.decoder embed_out output_projection unembed shared_head_head"),
        new(Role.Unembedding, "lm_head.linear generator_lm_head vocab_projector unembedding logits_dense shared_head.head"),
        new(Role.Unembedding, "output output_layer decoder proj_out ff_out", Place: Place.OutsideBlocks),
    ];

    private static readonly Dictionary<(Place Place, string Suffix), Role> BySuffix = Expanded();
    private static readonly int LongestSuffix = BySuffix.Keys.Max(key => key.Suffix.Count('.')) + 1;

    private static readonly Dictionary<(Place Place, string Suffix), Role> ByFlattened = Flattened();
    private static readonly int LongestFlattened = ByFlattened.Keys.Max(key => key.Suffix.Count('_')) + 1;

    /// <summary>
    /// The role of the module that a path ends with; null where no row fits. What many networks name <c>fc1</c> in their blocks is a
    /// feed-forward network only where it is no convolution: there it excites channels.
    /// </summary>
    public static Role? Find(TensorPath path, BlockNumber block, IReadOnlyList<long> shape)
    {
        var place = block.IsInContainer && shape.Count < 4 ? Place.InBlock : block.Number is null ? Place.OutsideBlocks : Place.Anywhere;
        var role = TensorPath.IsFlattened(path.ModuleName)
            ? Longest(path.ModuleName.Split('_'), ByFlattened, '_', LongestFlattened, place)
            : Longest(LastSegments(path), BySuffix, '.', LongestSuffix, place);
        return role == Role.Unembedding && IsClassifier(path, shape) ? null : role;
    }

    /// <summary>A layer of so plain a name scores tokens only where it is stored [out, in] and has more outputs than inputs.</summary>
    private static bool IsClassifier(TensorPath path, IReadOnlyList<long> shape) =>
        path.ModuleName is "output" or "output_layer" or "decoder" or "proj_out" && (path.Leaf != "weight" || shape.Count != 2 || shape[0] < shape[1]);

    /// <summary>The end of the module's path, long enough for every suffix even where numbers are passed over.</summary>
    private static string[] LastSegments(TensorPath path)
    {
        var module = path.Module[Math.Max(0, path.Module.Length - 2 * LongestSuffix)..].ToArray();
        if (path.IsFactor && path.ModuleName.EndsWith("_lora", StringComparison.Ordinal))
        {
            module[^1] = module[^1][..^"_lora".Length];
        }

        return module;
    }

    private static Role? Longest(
        string[] segments, Dictionary<(Place Place, string Suffix), Role> table, char joint, int longest, Place place)
    {
        var unnumbered = Array.FindAll(segments, segment => !IsNumbering(segment));
        for (var length = longest; length > 0; length--)
        {
            foreach (var suffix in new[] { End(segments, length, joint), End(unnumbered, length, joint) })
            {
                if (table.TryGetValue((place, suffix), out var role) || table.TryGetValue((Place.Anywhere, suffix), out role))
                {
                    return role;
                }
            }
        }

        return null;
    }

    /// <summary>True for <c>7</c> and <c>expert_7</c>.</summary>
    private static bool IsNumbering(string segment) =>
        TensorPath.IsNumber(segment.StartsWith("expert_", StringComparison.Ordinal) ? segment["expert_".Length..] : segment, out _);

    private static string End(string[] segments, int length, char joint) =>
        segments.Length < length ? "" : string.Join(joint, segments, segments.Length - length, length);

    private static Dictionary<(Place Place, string Suffix), Role> Expanded()
    {
        var table = new Dictionary<(Place, string), Role>();
        foreach (var row in Rows)
        {
            foreach (var suffix in row.Suffixes())
            {
                table[(row.Place, suffix)] = row.Role;
            }
        }

        return table;
    }

    private static Dictionary<(Place Place, string Suffix), Role> Flattened() =>
        BySuffix.GroupBy(x => (x.Key.Place, Suffix: x.Key.Suffix.Replace('.', '_'))).ToDictionary(x => x.Key, x => x.First().Value);

    /// <summary>The suffixes of one role: each name, or each name under each parent. A later row wins over an earlier one.</summary>
    private readonly record struct Row(Role Role, string Names, string? Parents = null, Place Place = Place.Anywhere)
    {
        public IEnumerable<string> Suffixes()
        {
            var names = Names.Split(' ');
            return Parents is null ? names : Parents.Split(' ').SelectMany(parent => names.Select(name => $"{parent}.{name}"));
        }
    }
}
