using Eigenscope.Cli.Recipes;
using Eigenscope.Tests.Transforms.Recipes;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Plans;

/// <summary>Plans of models as they are published.</summary>
public sealed class PublishedModelPlanTests
{
    [Fact]
    public void Checkpoints_of_a_mixture_of_experts_are_merged_tensor_by_tensor()
    {
        string Checkpoint(int step) => SharedFiles.Path("models", "zeta-moe-trajectory", $"checkpoint_{step}.pt");
        var recipe = Read($"merge_method: ties\nbase_model: '{Checkpoint(0)}'\nmodels: [{{model: '{Checkpoint(3000)}'}}, {{model: '{Checkpoint(4000)}'}}]\nparameters: {{weight: [0, 1]}}\n");
        using var plan = MergePlan.Of(recipe);
        Assert.Empty(plan.Problems);
        Assert.Empty(plan.Warnings);
        Assert.Equal(plan.Models[0].Tensors.Select(tensor => tensor.Name), plan.Tensors.Select(tensor => tensor.Name));
        Assert.All(plan.Tensors.Where(tensor => tensor.Method is not null), tensor => Assert.Equal(2, tensor.Inputs.Count));
    }

    /// <summary>An adapter of another network is refused with the names of what it changes.</summary>
    [Fact]
    public void An_adapter_of_another_network_fits_nothing()
    {
        var adapter = SharedFiles.Path("models", "lora", "analog_svd_rank4.safetensors");
        var sample = Path.Combine(SharedFiles.Repository, "samples", "tiny-gpt");
        using var plan = MergePlan.Of(Read($"merge_method: passthrough\nmodels: [{{model: {{model: '{sample}', lora: '{adapter}'}}}}]\n"));
        Assert.Contains("the model below has no such tensor", Assert.Single(plan.Problems), StringComparison.Ordinal);
    }

    private static Recipe Read(string yaml) => Recipe.Of(YamlRecipe.Parse("recipe.yml", yaml), new RecipeOptions("recipe.yml") { Methods = NamedMethod.Table });
}
