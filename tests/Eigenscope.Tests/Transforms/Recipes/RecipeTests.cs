using Eigenscope.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Recipes;

public sealed class RecipeTests
{
    private const string Good = """
        merge_method: ties
        base_model: base
        models:
          - model: base
          - model: a
            parameters:
              weight: 0.5
              density: [{filter: mlp, value: [0.2, 0.8]}, {value: 0.5}]
          - model: b+c@rev
            parameters: {weight: [0, 1]}
        parameters:
          normalize: false
        dtype: bfloat16
        """;

    [Fact]
    public void A_recipe_is_read_whole()
    {
        var recipe = RecipeText.Read(Good, "base", "a", "b+c@rev");
        Assert.Empty(recipe.Problems);
        Assert.Equal("ties", recipe.Method?.Name);
        Assert.False(recipe.IsSliced);
        Assert.Equal(DType.BF16, recipe.OutputType);
        Assert.Equal([new("base"), new("a"), new ModelReference("b+c@rev")], recipe.Slices.Single().Sources.Select(source => source.Model));
        Assert.Equal(["recipe.yml:4", "recipe.yml:5", "recipe.yml:9"], recipe.Slices[0].Sources.Select(source => source.Place));
        Assert.Equal(new ModelReference("base"), recipe.Base);
        Assert.Equal((0L, Allowances.None, false), (recipe.Seed, recipe.Allow, recipe.IsMergekitCompatible));
        Assert.Equal(0.8, recipe.Slices[0].Sources[1].Settings.ByName["density"].At("h.1.mlp", 1));
        Assert.Equal(false, recipe.Settings[^1].ByName["normalize"].At("x", 0));
    }

    [Fact]
    public void Slices_have_ranges_and_parameters_of_their_own()
    {
        var recipe = RecipeText.Read("""
            merge_method: slerp
            base_model: a
            slices:
              - sources:
                  - {model: a, layer_range: [0, 2]}
                  - {model: b, layer_range: [2, 4]}
                parameters: {t: [0, 1]}
                residual_weight: 1
              - {sources: [{model: a, layer_range: [1, 2]}, {model: b, layer_range: [0, 1]}], parameters: {t: 0.5}}
            out_dtype: fp16
            dtype: float32
            """, "a", "b");
        Assert.Empty(recipe.Problems);
        Assert.True(recipe.IsSliced);
        Assert.Equal(DType.F16, recipe.OutputType);
        Assert.Equal([(0, 2), (2, 4), (1, 2), (0, 1)], recipe.Slices.SelectMany(slice => slice.Sources).Select(source => source.Blocks!.Value));
        Assert.Equal("recipe.yml:4: residual_weight changes nothing, as in mergekit", Assert.Single(recipe.Warnings));
    }

    [Fact]
    public void A_module_alone_is_the_recipe()
    {
        var recipe = RecipeText.Read("""
            merge_method: linear
            modules:
              text_decoder:
                parameters: {weight: 2}
                models: [{model: a}, {model: b, parameters: {weight: 3}}]
            parameters: {weight: 1}
            """, "a", "b");
        Assert.Empty(recipe.Problems);
        double Weight(int source) => (double)Settings.At(recipe.Method!.Parameters, [recipe.Slices[0].Sources[source].Settings, recipe.Slices[0].Settings, .. recipe.Settings], "x", 0)["weight"];
        Assert.Equal((2.0, 3.0), (Weight(0), Weight(1)));
    }

    [Fact]
    public void What_is_not_mergekits_is_read_too()
    {
        var recipe = RecipeText.Read("""
            merge_method: ties
            base_model: {model: {path: org/base, revision: v2}, lora: {path: lora}}
            models: [{model: a, parameters: {weight: 1}, statistics: fisher.safetensors}]
            seed: -7
            allow: [missing, crop]
            compat: mergekit
            tokenizer_source: union
            chat_template: "{{ messages }}"
            """, "a", "lora");
        Assert.Empty(recipe.Problems);
        Assert.Equal(new ModelReference("hf://org/base@v2", "lora"), recipe.Base);
        Assert.Equal("fisher.safetensors", recipe.Slices[0].Sources[0].Statistics);
        Assert.Equal((-7L, Allowances.Missing | Allowances.Crop, true), (recipe.Seed, recipe.Allow, recipe.IsMergekitCompatible));
        Assert.True(recipe.Tokenizer.IsUnion);
        Assert.Equal("{{ messages }}", recipe.ChatTemplate);
        Assert.Equal("mergekit", recipe.Settings[^1].ByName[MergeMethod.Variant].At("x", 0));
    }

    [Fact]
    public void What_changes_nothing_is_a_warning()
    {
        var recipe = RecipeText.Read("merge_method: ties\nbase_model: {model: a, override_architecture: X}\nmodels: [{model: b, parameters: {weight: 1}}]\nparameters: {int8_mask: true}\n", "a", "b");
        Assert.Empty(recipe.Problems);
        Assert.Equal(["override_architecture of base_model changes nothing: what a tensor is follows from its name and shape", "int8_mask changes nothing: masks are not stored"], recipe.Warnings);
    }

    [Theory]
    [InlineData("merge_method: ites\nbase_model: a\nmodels: [{model: a}]", "recipe.yml:1: unknown merge_method 'ites'; the nearest is 'ties'")]
    [InlineData("merge_metod: ties\nmodels: [{model: a}]", "recipe.yml:1: unknown key 'merge_metod' in the recipe; the nearest is 'merge_method'|recipe.yml:1: merge_method is missing")]
    [InlineData("merge_method: ties\nmodels: [{model: a, parameters: {weight: 1}}]", "recipe.yml:1: ties works on changes from a base, and base_model is missing")]
    [InlineData("merge_method: linear\nmodels:\n- model: a\n  parameters: {weigth: 1}", "recipe.yml:3: linear needs weight (share of a model) of a, and it is not given|recipe.yml:4: unknown parameter 'weigth' of linear; the nearest is 'weight'")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels:\n- model: b\n  parameters:\n    weight: 1\n    density: 2", "recipe.yml:7: density is 2, and at most 1 makes sense")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels:\n- model: b\n  parameters:\n    weight: 1\n    density: [{filter: x, value: [0.5,\n      -1]}]", "recipe.yml:8: density is -1, and at least 0 makes sense")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels:\n- model: b\n  parameters:\n    weight: '1'", "recipe.yml:4: ties needs weight (share of a model) of b, and it is not given|recipe.yml:6: weight is the text '1', and a number is wanted")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels: [{model: b, parameters: {weight: 1}}]\nparameters:\n  rescale: l3", "recipe.yml:5: rescale is 'l3', and one of none, l1, l2 is wanted; the nearest is 'l1'")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels: [{model: b, parameters: {weight: 1}}]\nparameters:\n  normalize: maybe", "recipe.yml:5: normalize is 'maybe', and true or false is wanted")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels:\n- {model: b, parameters: {weight: 1, lambda: 1}}\n- {model: a}", "recipe.yml:4: lambda is one for all models: it belongs in the parameters of the recipe or of the slice")]
    [InlineData("merge_method: ties\nbase_model: a\nmodels: [{model: b, parameters: {weight: {a: 1}}}]", "recipe.yml:3: ties needs weight (share of a model) of b, and it is not given|recipe.yml:3: weight is a map, and a value, a list of values from the first block to the last, or a list of {filter, value} is wanted")]
    [InlineData("merge_method: slerp\nbase_model: a\nmodels: [{model: a}, {model: b}, {model: c}]\nparameters: {t: 0.5}", "recipe.yml:3: slerp takes exactly 1 model beside the base, and 2 are given")]
    [InlineData("merge_method: slerp\nbase_model: a\nmodels: [{model: b}]", "recipe.yml:1: slerp needs t (share of the other model), and it is not given")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}, {model: b}]", "recipe.yml:2: passthrough takes exactly 1 model, and 2 are given")]
    [InlineData("merge_method: passthrough\nmodels: []", "recipe.yml:2: models is an empty list|recipe.yml:2: passthrough takes exactly 1 model, and 0 are given")]
    [InlineData("merge_method: passthrough", "recipe.yml:1: exactly one of models, slices and modules is wanted, and there are none")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nslices: [{sources: [{model: a}]}]", "recipe.yml:1: exactly one of models, slices and modules is wanted, and models and slices are given")]
    [InlineData("merge_method: passthrough\nmodels: {model: a}", "recipe.yml:2: models is a map, and a list is wanted|recipe.yml:2: passthrough takes exactly 1 model, and 0 are given")]
    [InlineData("merge_method: passthrough\nmodels: [a]", "recipe.yml:2: a model is 'a', and a map of keys and values is wanted")]
    [InlineData("merge_method: passthrough\nmodels: [{path: a}]", "recipe.yml:2: an entry of models names no model|recipe.yml:2: unknown key 'path' in a model; the nearest is 'model'")]
    [InlineData("merge_method: passthrough\nslices: [{sources: [{model: a, layer_range: [4, 2]}]}]", "recipe.yml:2: layer_range is [4, 2], and [FIRST, END] is wanted, with END the block after the last")]
    [InlineData("merge_method: passthrough\nslices: [{sources: [{model: a, layer_range: [0, x]}]}]", "recipe.yml:2: layer_range is [0, ], and [FIRST, END] is wanted, with END the block after the last|recipe.yml:2: an end of layer_range is 'x', and a whole number is wanted")]
    [InlineData("merge_method: passthrough\nmodules: {a: {models: [{model: a}]}, b: {models: [{model: a}]}}", "recipe.yml:2: modules holds 2 modules, and a recipe merges one: write a recipe for each")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\ndtype: float17", "recipe.yml:3: unknown dtype 'float17'; the nearest is 'float16'")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nseed: 1.5", "recipe.yml:3: seed is '1.5', and a whole number is wanted")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nallow: everything", "recipe.yml:3: unknown allow 'everything'; the nearest is 'missing'")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nchat_template: chatml", "recipe.yml:3: chat_template is 'chatml', and auto or the text of a Jinja template is wanted; templates by name are not built in")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\ntokenizer: {source: base, tokens: {x: {source: a}}}", "recipe.yml:3: tokenizer has tokens, and vocabularies are not changed here: one tokenizer is taken as it is (source)")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a@v1}]", "recipe.yml:2: 'a' is a path on this machine, and those have no revision 'v1'")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a+b+c}]", "recipe.yml:2: 'a+b+c' is no model: MODEL[@REVISION][+ADAPTER[@REVISION]] is wanted, or a path that is there")]
    [InlineData("[1, 2]", "recipe.yml:1: the recipe is a list, and a map of keys and values is wanted")]
    public void Each_problem_is_one_line(string yaml, string lines) => Assert.Equal(lines.Split('|'), RecipeText.Read(yaml, "a", "b", "c").Problems);

    [Fact]
    public void All_problems_are_said_at_once_in_the_order_of_the_file()
    {
        var recipe = RecipeText.Read("""
            merge_method: ites
            base_modl: a
            models:
              - modle: b
              - model: c
                layer_range: [0, 1]
            dtype: int9
            """, "a", "b", "c");
        Assert.Equal([1, 2, 4, 4, 6, 7], recipe.Problems.Select(line => int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_problem_with_a_hostile_name_stays_one_line() =>
        Assert.DoesNotContain(RecipeText.Read("merge_method: \"a\\nb\\u001b[0m\"").Problems, line => line.Any(char.IsControl));
}
