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

    /// <summary>A sample whose models are all in the repository comes to a plan.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_of_models_that_are_there_can_run(string file)
    {
        var path = Path.Combine(Folder, file);
        var recipe = Recipe.Of(YamlRecipe.Read(path), new RecipeOptions(path) { Methods = Methods });
        var named = recipe.Slices.SelectMany(slice => slice.Sources).Select(source => source.Model.Path).ToList();
        Assert.SkipUnless(named.TrueForAll(Path.Exists), "it names models that are not in the repository");
        using var plan = MergePlan.Of(recipe);
        Assert.Empty(plan.Problems);
        Assert.NotEmpty(plan.Tensors);
    }

    private static IReadOnlyList<MergeMethod> Methods => [.. MergeMethods.All, .. NamedMethod.Table.Where(method => MergeMethods.Of(method.Name) is null)];
}
