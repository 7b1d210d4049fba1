using Eigenscope.Cli.Recipes;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Recipes;

public sealed class SampleRecipesTests
{
    private static string Folder { get; } = Path.Combine(SharedFiles.Repository, "samples", "recipes");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_has_no_problems(string file)
    {
        var path = Path.Combine(Folder, file);
        var recipe = Recipe.Of(YamlRecipe.Read(path), new RecipeOptions(path) { Methods = Methods });
        Assert.Empty(recipe.Problems);
        Assert.Empty(recipe.Warnings);
    }

    /// <summary>Samples of models that are in the repository come to a plan.</summary>
    [Theory]
    [InlineData("linear.yml", 52)]
    [InlineData("slerp.yml", 52)]
    [InlineData("task-arithmetic.yml", 52)]
    [InlineData("passthrough.yml", 76)]
    public void A_sample_of_models_that_are_there_can_run(string file, int tensors)
    {
        var path = Path.Combine(Folder, file);
        var recipe = Recipe.Of(YamlRecipe.Read(path), new RecipeOptions(path) { Methods = Methods });
        using var plan = MergePlan.Of(recipe);
        Assert.Empty(plan.Problems);
        Assert.Equal(tensors, plan.Tensors.Count);
    }

    private static IReadOnlyList<MergeMethod> Methods => [.. MergeMethods.All, .. NamedMethod.Table.Where(method => MergeMethods.Of(method.Name) is null)];
}
