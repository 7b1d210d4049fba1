using Xunit;

namespace Eigenscope.Tests.Transforms.Plans;

public sealed class AdapterPlanTests
{
    private const string Factors = "base_model.model.model.layers.0.self_attn.q_proj";

    private static string[] Peft => [$"{Factors}.lora_A.weight F32 2 4", $"{Factors}.lora_B.weight F32 4 2", "base_model.model.model.layers.0.mlp.up_proj.lora_A.default.weight F32 2 4", "base_model.model.model.layers.0.mlp.up_proj.lora_B.default.weight F32 8 2"];

    [Theory]
    [InlineData("base+lora", null)]
    [InlineData("lora", "{\"lora_alpha\": 4, \"r\": 2}")]
    [InlineData("lora", null)]
    public void Factors_are_found_by_the_tensor_that_they_change(string model, string? config)
    {
        var models = Base().WithFiles("lora", config is null ? [] : [("adapter_config.json", config)], Peft);
        using var plan = models.Plan($"merge_method: ties\nbase_model: base\nmodels: [{{model: {model}}}]\nparameters: {{weight: 1}}\n");
        Assert.Empty(plan.Problems);
        Assert.Empty(plan.Warnings);
        Assert.Equal(["base", "lora"], plan.Models.Select(opened => opened.Path).Order(StringComparer.Ordinal));
        Assert.All(models.Opened.Values, count => Assert.Equal(1, count));
        Assert.All(plan.Tensors, tensor => Assert.Equal("lora", plan.Models[tensor.Inputs.Single().Model].Path));
        Assert.All(plan.Tensors, tensor => Assert.Null(tensor.Base!.Adapter));
        Assert.Equal(["model.layers.0.self_attn.q_proj.weight", "model.layers.0.mlp.up_proj.weight"], plan.Tensors.Where(tensor => tensor.Inputs[0].Adapter is not null).Select(tensor => tensor.Name));
        Assert.Equal((8, 4), plan.Tensors.Where(tensor => tensor.Name.Contains("up_proj", StringComparison.Ordinal)).Select(tensor => (tensor.Inputs[0].Adapter!.Outputs, tensor.Inputs[0].Adapter!.Inputs)).Single());
    }

    [Fact]
    public void Two_adapters_of_one_base_are_two_models()
    {
        using var plan = Base().With("one", null, Peft).With("two", null, Peft).Plan("merge_method: ties\nbase_model: base\nmodels: [{model: base+one}, {model: base+two}]\nparameters: {weight: 1}\n");
        Assert.Empty(plan.Problems);
        Assert.All(plan.Tensors, tensor => Assert.Equal(["one", "two"], tensor.Inputs.Select(input => plan.Models[input.Model].Path)));
        Assert.All(plan.Tensors, tensor => Assert.Same(tensor.Base!.Tensor, tensor.Inputs[1].Tensor));
    }

    [Fact]
    public void What_an_adapter_saved_whole_takes_the_place_of_the_tensor()
    {
        using var plan = Base().WithFiles("lora", [("adapter_config.json", "{}")], [.. Peft, "base_model.model.lm_head.modules_to_save.weight F32 10 4", "base_model.model.model.norm.weight F32 4"])
            .Plan("merge_method: ties\nbase_model: base\nmodels: [{model: lora}]\nparameters: {weight: 1}\n");
        Assert.Empty(plan.Problems);
        Assert.Equal("base_model.model.lm_head.modules_to_save.weight", plan.Tensors[^1].Inputs[0].Tensor.Name);
        Assert.Equal("base_model.model.model.norm.weight", plan.Tensors[^2].Inputs[0].Tensor.Name);
        Assert.Null(plan.Tensors[^1].Inputs[0].Adapter);
    }

    [Fact]
    public void Tables_and_layers_of_gpt2_are_changed_transposed()
    {
        using var plan = new PlannedModels().With("base", null, "transformer.wte.weight F32 10 4", "transformer.h.0.attn.c_attn.weight F32 4 12", "transformer.h.0.attn.c_proj.weight F32 4 4", "transformer.h.0.mlp.up_proj.weight F32 4 4")
            .With("lora", null,
                "base_model.model.transformer.wte.lora_embedding_A F32 2 10", "base_model.model.transformer.wte.lora_embedding_B F32 4 2",
                "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight F32 2 4", "base_model.model.transformer.h.0.attn.c_attn.lora_B.weight F32 12 2",
                "base_model.model.transformer.h.0.attn.c_proj.lora_A.weight F32 2 4", "base_model.model.transformer.h.0.attn.c_proj.lora_B.weight F32 4 2",
                "base_model.model.transformer.h.0.mlp.up_proj.lora_A.weight F32 2 4", "base_model.model.transformer.h.0.mlp.up_proj.lora_B.weight F32 4 2")
            .Plan("merge_method: passthrough\nmodels: [{model: base+lora}]\n");
        Assert.Empty(plan.Problems);
        Assert.Equal([true, true, true, false], plan.Tensors.Select(tensor => tensor.Inputs[0].IsAdapterTransposed));
        Assert.All(plan.Tensors, tensor => Assert.NotNull(tensor.Inputs[0].Adapter));
        Assert.All(plan.Tensors, tensor => Assert.NotNull(tensor.Method));
    }

    /// <summary>Weights of the inner model have no prefix, and an adapter names the modules of the class around it; or the other way round.</summary>
    [Theory]
    [InlineData("", "transformer.")]
    [InlineData("transformer.", "")]
    [InlineData("", "model.")]
    public void A_prefix_that_one_of_both_lacks_does_not_matter(string model, string adapter)
    {
        using var plan = new PlannedModels().With("base", null, $"{model}wte.weight F32 10 4", $"{model}h.0.mlp.up_proj.weight F32 4 4")
            .WithFiles("lora", [("adapter_config.json", "{}")], $"base_model.model.{adapter}wte.weight F32 10 4", $"base_model.model.{adapter}h.0.mlp.up_proj.lora_A.weight F32 2 4", $"base_model.model.{adapter}h.0.mlp.up_proj.lora_B.weight F32 4 2")
            .Plan("merge_method: passthrough\nmodels: [{model: base+lora}]\n");
        Assert.Empty(plan.Problems);
        Assert.Equal($"base_model.model.{adapter}wte.weight", plan.Tensors[0].Inputs[0].Tensor.Name);
        Assert.NotNull(plan.Tensors[1].Inputs[0].Adapter);
    }

    [Fact]
    public void What_fits_no_tensor_is_a_problem()
    {
        using var plan = Base().With("lora", null, $"{Factors}.lora_A.weight F32 2 5", $"{Factors}.lora_B.weight F32 4 2", "base_model.model.other.lora_A.weight F32 2 4", "base_model.model.other.lora_B.weight F32 4 2", $"{Factors}.lora_magnitude_vector F32 4")
            .Plan("merge_method: ties\nbase_model: base\nmodels: [{model: base+lora, parameters: {weight: 1}}]\n");
        Assert.Equal(
            [
                "base+lora: its change of 'model.layers.0.self_attn.q_proj.weight' is 4x5, and the tensor is 4x4",
                $"base+lora: the adapter changes 'base_model.model.other.lora_BA.weight', '{Factors}.lora_magnitude_vector', and the model below has no such tensor, or this kind of change is not read",
            ],
            plan.Problems);
    }

    [Fact]
    public void An_adapter_alone_needs_a_base()
    {
        using var plan = Base().With("lora", null, Peft).Plan("merge_method: linear\nmodels: [{model: base}, {model: lora}]\nparameters: {weight: 1}\n");
        Assert.Equal("recipe.yml:2: lora is an adapter, and there is no base_model for it: MODEL+lora is wanted", Assert.Single(plan.Problems));
        using var itself = Base().With("lora", null, Peft).Plan("merge_method: ties\nbase_model: lora\nmodels: [{model: base}]\nparameters: {weight: 1}\n");
        Assert.Contains("is an adapter", Assert.Single(itself.Problems), StringComparison.Ordinal);
    }

    private static PlannedModels Base() => new PlannedModels().With("base", null, PlannedModels.Network(1));
}
