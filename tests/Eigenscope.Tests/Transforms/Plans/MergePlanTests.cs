using Eigenscope.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Plans;

public sealed class MergePlanTests
{
    private const string Ties = "merge_method: ties\nbase_model: base\nmodels: [{model: a, parameters: {weight: 1}}, {model: b, parameters: {weight: 2}}]\n";

    [Fact]
    public void Every_tensor_of_the_base_is_made_of_those_of_the_models()
    {
        var models = Three(blocks: 2);
        using var plan = models.Plan(Ties);
        Assert.Empty(plan.Problems);
        Assert.Empty(plan.Warnings);
        Assert.Equal(["base", "a", "b"], plan.Models.Select(model => model.Path));
        Assert.Equal(PlannedModels.Network(2).Select(line => line.Split(' ')[0]), plan.Tensors.Select(tensor => tensor.Name));
        Assert.All(plan.Tensors, tensor =>
        {
            Assert.Equal("ties", tensor.Method?.Name);
            Assert.Equal(DType.F16, tensor.Type);
            Assert.Equal(plan.Base, tensor.Base?.Model);
            Assert.Equal(["a", "b"], tensor.Inputs.Select(input => plan.Models[input.Model].Path));
            Assert.Equal([1.0, 2.0], tensor.Inputs.Select(input => input.Parameters.Number("weight")));
            Assert.True(tensor.Parameters.Flag("normalize"));
            Assert.Null(tensor.Note);
        });
        Assert.All(models.Opened.Values, count => Assert.Equal(1, count));
        Assert.Equal(2 * plan.Tensors.Sum(tensor => tensor.Count), plan.OutputBytes);
        Assert.Null(plan.Blocks);
    }

    [Fact]
    public void The_base_is_an_input_where_it_is_listed_and_the_method_works_on_changes()
    {
        using var plan = Three(1).Plan(Ties.Replace("models: [", "models: [{model: base}, ", StringComparison.Ordinal));
        Assert.Empty(plan.Problems);
        Assert.All(plan.Tensors, tensor => Assert.Equal([true, false, false], tensor.Inputs.Select(input => input.IsBase)));
        using var linear = Three(1).Plan("merge_method: linear\nbase_model: base\nmodels: [{model: base}, {model: a}]\nparameters: {weight: 1}\n");
        Assert.Empty(linear.Problems);
        Assert.All(linear.Tensors, tensor => Assert.Equal((null, false), (tensor.Base, tensor.Inputs[0].IsBase)));
    }

    [Fact]
    public void Gradients_go_over_the_blocks_and_hold_their_ends_outside()
    {
        const string Linear = "merge_method: linear\nmodels: [{model: a}, {model: b}]\nparameters: {weight: [0, 1]}\n";
        double[] Weights(string recipe)
        {
            using var plan = Three(3).Plan(recipe);
            return [.. plan.Tensors.Select(tensor => tensor.Inputs[0].Parameters.Number("weight"))];
        }

        Assert.Equal([0, 0, 0, 0.5, 0.5, 1, 1, 1, 1], Weights(Linear));
        Assert.Equal([0, 0, 0, 0.5, 0.5, 1, 1, 0, 0], Weights(Linear + "compat: mergekit\n"));
    }

    [Fact]
    public void Slices_number_blocks_anew_and_begin_gradients_anew()
    {
        using var plan = Three(4).Plan("""
            merge_method: linear
            parameters: {weight: [0, 1]}
            slices:
              - sources: [{model: a, layer_range: [0, 2]}, {model: b, layer_range: [2, 4]}]
              - sources: [{model: b, layer_range: [3, 4]}, {model: a, layer_range: [0, 1]}]
            """);
        Assert.Empty(plan.Problems);
        Assert.Equal(3, plan.Blocks);
        Assert.Equal(PlannedModels.Network(3).Select(line => line.Split(' ')[0]), plan.Tensors.Select(tensor => tensor.Name));
        string Sources(int tensor) => string.Join(' ', plan.Tensors[tensor].Inputs.Select(input => $"{plan.Models[input.Model].Path}:{input.Tensor.Name.Split('.').ElementAtOrDefault(2)}"));
        Assert.Equal(["a:weight b:weight", "a:0 b:2", "a:1 b:3", "b:3 a:0", "b:weight a:weight"], new[] { 0, 1, 3, 5, 7 }.Select(Sources));
        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 1, 1], plan.Tensors.Select(tensor => tensor.Inputs[0].Parameters.Number("weight")));
    }

    [Fact]
    public void The_base_of_a_slice_has_the_blocks_of_its_first_source_unless_it_is_listed()
    {
        string[] Bases(string sources)
        {
            using var plan = Three(4).Plan($"merge_method: ties\nbase_model: base\nparameters: {{weight: 1}}\nslices: [{{sources: [{sources}]}}]");
            Assert.Empty(plan.Problems);
            return [.. plan.Tensors.Where(tensor => tensor.Name.Contains("q_proj", StringComparison.Ordinal)).Select(tensor => tensor.Base!.Tensor.Name.Split('.')[2])];
        }

        Assert.Equal(["1", "2"], Bases("{model: a, layer_range: [1, 3]}"));
        Assert.Equal(["2", "3"], Bases("{model: a, layer_range: [1, 3]}, {model: base, layer_range: [2, 4]}"));
    }

    [Fact]
    public void Passing_on_copies_unless_it_scales()
    {
        using var plan = Three(4).Plan("""
            merge_method: passthrough
            slices:
              - sources: [{model: a, layer_range: [0, 3]}]
              - sources: [{model: b, layer_range: [1, 4], parameters: {scale: [{filter: q_proj, value: 0}, {filter: up_proj, value: 1}]}}]
            """);
        Assert.Empty(plan.Problems);
        Assert.Equal(6, plan.Blocks);
        Assert.Equal((2 * 6) + 3, plan.Tensors.Count);
        Assert.All(plan.Tensors, tensor => Assert.Equal(tensor.Name.Contains("q_proj", StringComparison.Ordinal) && tensor.Name[13] >= '3', tensor.Method is not null));
        Assert.Equal(["a", "b"], new[] { plan.Tensors[0], plan.Tensors[^1] }.Select(tensor => plan.Models[tensor.Inputs.Single().Model].Path));
        Assert.Equal("model.layers.1.mlp.up_proj.weight", plan.Tensors.Single(tensor => tensor.Name == "model.layers.3.mlp.up_proj.weight").Inputs[0].Tensor.Name);
    }

    [Fact]
    public void Integers_are_copied_and_quantised_weights_decoded()
    {
        var models = new PlannedModels();
        foreach (var path in new[] { "base", "a", "b" })
        {
            models.With(path, null, "model.position_ids I64 1 8", "model.layers.0.q_proj.weight F8_E4M3 4 4", "model.norm.weight F32 4");
        }

        using var plan = models.Plan(Ties);
        Assert.Empty(plan.Problems);
        Assert.Equal([DType.I64, DType.BF16, DType.F32], plan.Tensors.Select(tensor => tensor.Type));
        Assert.Equal((null, "base"), (plan.Tensors[0].Method, plan.Models[plan.Tensors[0].Inputs.Single().Model].Path));
        Assert.Equal("quantised tensors are decoded and stored as BF16, for out_dtype does not say otherwise: 'model.layers.0.q_proj.weight'", Assert.Single(plan.Warnings));
        using var typed = models.Plan(Ties + "out_dtype: float16\n");
        Assert.Equal([DType.I64, DType.F16, DType.F16], typed.Tensors.Select(tensor => tensor.Type));
        Assert.Empty(typed.Warnings);
    }

    [Theory]
    [InlineData("{\"tie_word_embeddings\": true}", true)]
    [InlineData(null, true)]
    [InlineData("{\"tie_word_embeddings\": false}", false)]
    public void A_table_that_is_tied_stands_in_for_the_other(string? config, bool isTied)
    {
        using var plan = Three(1).With("b", config, PlannedModels.Network(1, isTied: true)).Plan(Ties);
        Assert.Equal(isTied ? [] : ["b has no 'lm_head.weight'; allow: [missing] merges the other models' there"], plan.Problems);
        if (isTied)
        {
            Assert.Equal("model.embed_tokens.weight", plan.Tensors[^1].Inputs[1].Tensor.Name);
            Assert.Equal("b: its model.embed_tokens.weight stands in, to which it is tied", plan.Tensors[^1].Note);
            Assert.Equal("b stores no 'lm_head.weight': its 'model.embed_tokens.weight' stands in, to which it is tied", Assert.Single(plan.Warnings));
        }
    }

    [Fact]
    public void An_unembedding_that_the_base_has_not_is_left_with_a_warning()
    {
        using var plan = new PlannedModels().With("base", null, PlannedModels.Network(1, isTied: true)).With("a", null, PlannedModels.Network(1, isTied: true)).With("b", null, PlannedModels.Network(1)).Plan(Ties);
        Assert.Empty(plan.Problems);
        Assert.Equal("b has 'lm_head.weight', and base has not: it is not merged", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Names_that_differ_by_a_prefix_are_the_same()
    {
        using var plan = Three(2).With("b", null, PlannedModels.Network(2, prefix: "")).Plan(Ties);
        Assert.Empty(plan.Problems);
        Assert.Equal("layers.1.mlp.up_proj.weight", plan.Tensors.Single(tensor => tensor.Name == "model.layers.1.mlp.up_proj.weight").Inputs[1].Tensor.Name);
        Assert.Equal("the names of b and base differ by 'model.', and those that are the same but for it are merged", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Slices_of_differently_named_blocks_are_not_stacked()
    {
        using var plan = new PlannedModels().With("a", null, PlannedModels.Network(2)).With("b", null, PlannedModels.Network(2, prefix: "other."))
            .Plan("merge_method: passthrough\nslices: [{sources: [{model: a, layer_range: [0, 1]}]}, {sources: [{model: b, layer_range: [1, 2]}]}]\n");
        Assert.Equal("the blocks of b are named 'other.layers.N', and those of a 'model.layers.N'; slices of one naming make one model", Assert.Single(plan.Problems));
    }

    [Fact]
    public void What_is_missing_is_one_line_and_can_be_allowed()
    {
        string[] Few() => [.. PlannedModels.Network(4).Where(line => !line.Contains("mlp", StringComparison.Ordinal))];
        using var plan = Three(4).With("b", null, Few()).Plan(Ties);
        Assert.Equal("b has no 'model.layers.0.mlp.up_proj.weight', 'model.layers.1.mlp.up_proj.weight', 'model.layers.2.mlp.up_proj.weight' and 1 more; allow: [missing] merges the other models' there", Assert.Single(plan.Problems));
        using var allowed = Three(4).With("b", null, Few()).Plan(Ties + "allow: missing\n");
        Assert.Empty(allowed.Problems);
        Assert.Equal([1, 2], allowed.Tensors.Select(tensor => tensor.Inputs.Count).Distinct().Order());
        Assert.All(allowed.Tensors, tensor => Assert.Equal(tensor.Inputs.Count == 1 ? $"b is left out: it has no '{tensor.Name}'" : null, tensor.Note));
        using var none = Three(4).With("a", null, Few()).With("b", null, Few()).Plan(Ties, Allowances.Missing);
        var copied = none.Tensors.Single(tensor => tensor.Name == "model.layers.0.mlp.up_proj.weight");
        Assert.Equal((null, "base", "a is left out: it has no 'model.layers.0.mlp.up_proj.weight'; b is left out: it has no 'model.layers.0.mlp.up_proj.weight'; copied from base: too few models have it"), (copied.Method, none.Models[copied.Inputs.Single().Model].Path, copied.Note));
    }

    [Fact]
    public void Other_shapes_are_told_and_can_be_allowed()
    {
        PlannedModels Models() => Three(1).With("b", null, "model.embed_tokens.weight F16 12 4", "model.layers.0.self_attn.q_proj.weight F16 4 4", "model.layers.0.mlp.up_proj.weight F16 9 4", "model.norm.weight F16 4", "lm_head.weight F16 8 4");
        using var plan = Models().Plan(Ties);
        Assert.Equal(
            [
                "b: 'model.embed_tokens.weight' has 12 rows, and 10 are wanted: the vocabularies differ; allow: [crop] takes the first of them",
                "b: 'lm_head.weight' has 8 rows, and 10 are wanted: the vocabularies differ; allow: [shape] leaves this model out there",
                "b: 'model.layers.0.mlp.up_proj.weight' is 9x4, and 8x4 is wanted; allow: [shape] leaves this model out there",
            ],
            plan.Problems);
        using var cropped = Models().Plan(Ties + "allow: [crop, shape]\n");
        Assert.Empty(cropped.Problems);
        Assert.Equal([2, 2, 1, 2, 1], cropped.Tensors.Select(tensor => tensor.Inputs.Count));
        Assert.Equal("b is cropped from 12 to 10 rows", cropped.Tensors[0].Note);
        Assert.Equal("b is left out: it is 9x4 there", cropped.Tensors[2].Note);
        Assert.Equal([10, 4], cropped.Tensors[0].Shape);
    }

    [Fact]
    public void A_long_list_of_one_kind_is_cut()
    {
        string[] Wide() => [.. PlannedModels.Network(40).Select(line => line.Replace("8 4", "9 4", StringComparison.Ordinal))];
        using var plan = Three(40).With("b", null, Wide()).Plan(Ties);
        Assert.Equal(21, plan.Problems.Count);
        Assert.Equal("and 20 more: tensors of another shape", plan.Problems[^1]);
    }

    [Fact]
    public void Everything_that_stands_in_the_way_is_said_at_once()
    {
        using var plan = Three(2).Plan("""
            merge_method: slerp
            base_model: base
            slices:
              - sources: [{model: a, layer_range: [0, 3]}]
              - sources: [{model: absent, layer_range: [0, 1]}]
            parameters: {s: 0.5}
            dtype: float18
            """);
        Assert.Equal(
            [
                "recipe.yml:1: slerp needs t (share of the other model), and it is not given", "recipe.yml:6: unknown parameter 's' of slerp; the nearest is 't'", "recipe.yml:7: unknown dtype 'float18'; the nearest is 'float16'",
                "recipe.yml:5: absent: no such file or folder", "recipe.yml:4: layer_range [0, 3] of a, which has 2 blocks: at most [0, 2]", "recipe.yml:4: layer_range [0, 3] of base, which has 2 blocks: at most [0, 2]",
            ],
            plan.Problems);
    }

    [Fact]
    public void Models_of_another_naming_are_told_from_gaps()
    {
        using var plan = Three(1).With("b", null, "blk.0.attn_q.weight F16 4 4", "token_embd.weight F16 10 4").Plan(Ties);
        Assert.Equal("b shares no name with base: its first is 'blk.0.attn_q.weight', and there it is 'model.embed_tokens.weight'; models of one naming are merged", plan.Problems[0]);
        Assert.Equal(2, plan.Problems.Count);
    }

    [Fact]
    public void A_hostile_name_stays_on_its_line()
    {
        using var plan = new PlannedModels().With("base", null, "layers.0.q\n\u001b[0m F32 2").With("a", null, "layers.0.k F32 2").With("b", null, "layers.0.k F32 2").Plan(Ties);
        Assert.NotEmpty(plan.Problems);
        Assert.DoesNotContain(plan.Problems, line => line.Any(char.IsControl));
    }

    [Fact]
    public void Another_number_of_blocks_is_one_line()
    {
        using var fewer = Three(4).With("b", null, PlannedModels.Network(2)).Plan(Ties);
        Assert.Equal("b has 2 blocks 'model.layers.N', and base has 4; slices say which go together", Assert.Single(fewer.Problems));
        using var more = Three(2).With("b", null, PlannedModels.Network(4)).Plan(Ties);
        Assert.Empty(more.Problems);
        Assert.Equal(2, more.Warnings.Count);
    }

    [Fact]
    public void A_filter_that_leaves_a_needed_parameter_open_is_told_with_the_tensors()
    {
        using var plan = Three(2).Plan(Ties.Replace("weight: 2", "weight: [{filter: mlp, value: 1}]", StringComparison.Ordinal));
        Assert.Equal("ties needs weight of b, and no filter fits 'model.embed_tokens.weight', 'model.layers.0.self_attn.q_proj.weight', 'model.layers.1.self_attn.q_proj.weight' and 2 more", Assert.Single(plan.Problems));
    }

    [Fact]
    public void Models_without_numbered_blocks_or_with_several_stacks_have_no_slices()
    {
        const string Recipe = "merge_method: passthrough\nslices: [{sources: [{model: a}]}]\n";
        using var none = new PlannedModels().With("a", null, "fc.weight F32 2 2").Plan(Recipe);
        Assert.Equal("a: no tensor's name has the number of a block, so it cannot be cut into slices", Assert.Single(none.Problems));
        using var two = new PlannedModels().With("a", null, "encoder.layer.0.q.weight F32 2 2", "decoder.layer.0.q.weight F32 2 2").Plan(Recipe);
        Assert.Equal("a: it has several stacks of blocks (encoder.layer., decoder.layer.), and slices do not tell which is meant", Assert.Single(two.Problems));
    }

    [Fact]
    public void Differences_of_configurations_are_warnings()
    {
        using var plan = new PlannedModels()
            .With("base", """{"architectures": ["LlamaForCausalLM"], "rope_theta": 10000.0, "num_attention_heads": 4, "vocab_size": 10}""", PlannedModels.Network(1))
            .With("a", """{"architectures": ["LlamaForCausalLM"], "rope_theta": 10000, "num_attention_heads": 4}""", PlannedModels.Network(1))
            .With("b", """{"architectures": ["MistralForCausalLM"], "rope_theta": 1000000, "num_attention_heads": 2, "vocab_size": 10}""", PlannedModels.Network(1))
            .Plan(Ties);
        Assert.Empty(plan.Problems);
        Assert.Equal(
            [
                "config.json: architectures is [\"LlamaForCausalLM\"] in base and [\"MistralForCausalLM\"] in b", "config.json: num_attention_heads is 4 in base and 2 in b",
                "config.json: rope_theta is 10000 in base and 1000000 in b",
            ],
            plan.Warnings);
    }

    [Fact]
    public void Statistics_are_found_by_name()
    {
        const string Fisher = "merge_method: fisher\nmodels: [{model: a, statistics: fa}, {model: b, statistics: fb}]\n";
        using var plan = Three(1).With("fa", null, PlannedModels.Network(1)).With("fb", null, PlannedModels.Network(1)).Plan(Fisher);
        Assert.Empty(plan.Problems);
        Assert.All(plan.Tensors, tensor => Assert.All(tensor.Inputs, input => Assert.Equal(input.Tensor.Name, input.Statistic?.Name)));
        Assert.Equal(["fa", "fb"], plan.Statistics.Select(model => model.Path));
        using var listed = Three(1).With("fa", null, PlannedModels.Network(1)).Plan("merge_method: fisher\nbase_model: base\nmodels: [{model: base}, {model: a, statistics: fa}]\n");
        Assert.Equal("recipe.yml:3: fisher needs a statistic of every element of base: statistics: PATH of a weight file with the same names", Assert.Single(listed.Problems));
        using var lacking = Three(1).With("fa", null, "model.norm.weight F32 5").Plan("merge_method: fisher\nmodels: [{model: a, statistics: fa}, {model: b}]\n");
        Assert.Equal(
            [
                "recipe.yml:2: fisher needs a statistic of every element of b: statistics: PATH of a weight file with the same names", "fa: 'model.norm.weight' is 5, and 4 is wanted",
                "fa: the statistics of a have no 'model.embed_tokens.weight', 'model.layers.0.self_attn.q_proj.weight', 'model.layers.0.mlp.up_proj.weight' and 1 more",
            ],
            lacking.Problems);
    }

    [Fact]
    public void A_tokenizer_is_one_of_a_model_and_the_union_of_equal_ones()
    {
        PlannedModels Models(string other) => new PlannedModels()
            .WithFiles("base", [("tokenizer.json", """{"model": {"vocab": {"x": 0, "y": 1}}}""")], PlannedModels.Network(1))
            .WithFiles("a", [("tokenizer.json", """{"model": {"vocab": {"y": 1, "x": 0}}, "added_tokens": []}""")], PlannedModels.Network(1))
            .WithFiles("b", [("tokenizer.json", other)], PlannedModels.Network(1));
        using var same = Models("""{"model": {"vocab": [["x", 0.5], ["y", 0.5]]}}""").Plan(Ties + "tokenizer_source: union\n");
        Assert.Empty(same.Problems);
        Assert.Null(same.Tokenizer);
        using var other = Models("""{"model": {"vocab": {"x": 0}}, "added_tokens": [{"id": 1, "content": "y"}, {"id": 2, "content": "z"}]}""").Plan(Ties + "tokenizer_source: union\n");
        Assert.Equal("tokenizer union: the vocabularies of base and b differ (2 and 3 tokens), and vocabularies are not joined here; base takes that of the base", Assert.Single(other.Problems));
        using var broken = Models("no json").Plan(Ties + "tokenizer_source: union\n");
        Assert.Equal("tokenizer union: b has no tokenizer that can be read, so it cannot be told whether the vocabularies are the same", Assert.Single(broken.Problems));
        using var named = Models("{}").Plan(Ties + "tokenizer: {source: a}\n");
        Assert.Equal("a", named.Tokenizer);
        using var absent = Models("{}").Plan(Ties + "tokenizer_source: absent\n");
        Assert.Equal("tokenizer: there is no 'absent'", Assert.Single(absent.Problems));
    }

    private static PlannedModels Three(int blocks) =>
        new PlannedModels().With("base", null, PlannedModels.Network(blocks)).With("a", null, PlannedModels.Network(blocks)).With("b", null, PlannedModels.Network(blocks));
}
