using Eigenscope.Cli.Recipes;
using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms.Recipes;

/// <summary>Recipes as texts.</summary>
internal static class RecipeText
{
    /// <summary>Reads a recipe; models are at the paths given and nowhere else.</summary>
    public static Recipe Read(string yaml, params string[] paths) =>
        Recipe.Of(YamlRecipe.Parse("recipe.yml", yaml), new RecipeOptions("recipe.yml") { Methods = NamedMethod.Table, Exists = paths.Contains });
}
