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
        var recipe = Read(Path.Combine(Folder, file));
        Assert.Empty(recipe.Problems);
        Assert.Empty(recipe.Warnings);
    }

    /// <summary>Those whose models are all in the repository.</summary>
    public static TheoryData<string> Runnable =>
        [.. Directory.EnumerateFiles(Folder, "*.yml").Where(file => Models(Read(file)).TrueForAll(Path.Exists)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>A sample whose models are all in the repository comes to a plan.</summary>
    [Theory]
    [MemberData(nameof(Runnable))]
    public void A_sample_of_models_that_are_there_can_run(string file)
    {
        using var plan = MergePlan.Of(Read(Path.Combine(Folder, file)));
        Assert.Empty(plan.Problems);
        Assert.NotEmpty(plan.Tensors);
    }

    private static Recipe Read(string path) => Recipe.Of(YamlRecipe.Read(path), new RecipeOptions(path) { Methods = Methods });

    private static List<string> Models(Recipe recipe) => [.. recipe.Slices.SelectMany(slice => slice.Sources).Select(source => source.Model.Path)];

    private static IReadOnlyList<MergeMethod> Methods => [.. MergeMethods.All, .. NamedMethod.Table.Where(method => MergeMethods.Of(method.Name) is null)];
}
