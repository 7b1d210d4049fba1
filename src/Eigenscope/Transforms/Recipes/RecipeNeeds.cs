namespace Eigenscope.Transforms;

/// <summary>What a method needs of a recipe: a base, a number of models, parameters without a default.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class RecipeNeeds(Recipe recipe, RecipeProblems problems)
{
    /// <summary>Adds what is missing.</summary>
    /// <param name="root">The recipe as a tree.</param>
    /// <param name="body">Its models or slices; null for none.</param>
    public void Check(RecipeNode root, RecipeEntry? body)
    {
        if (recipe.Method is not { } method || body is null)
        {
            return;
        }

        if (body.Value.Kind == RecipeNodeKind.List && body.Value.Items.Count == 0)
        {
            problems.Add(body, $"{body.Name} is an empty list");
        }

        var items = body.Value.Items;
        for (var i = 0; i < recipe.Slices.Count; i++)
        {
            if (recipe.IsSliced ? items.Count == recipe.Slices.Count : items.Count == recipe.Slices[i].Sources.Count)
            {
                CheckSlice(method, recipe.Slices[i], root, recipe.IsSliced ? items[i] : body.Value);
            }
        }
    }

    private void CheckSlice(MergeMethod method, RecipeSlice slice, RecipeNode root, RecipeNode node)
    {
        var at = root["merge_method"]!;
        var isBaseGiven = (slice.Base ?? recipe.Base) is not null || root["base_model"] is not null;
        if (method.Base == BaseUse.Required && !isBaseGiven)
        {
            problems.Add(at, $"{method.Name} works on changes from a base, and base_model is missing");
        }

        CheckCount(method, slice, node);
        foreach (var parameter in method.Parameters.Where(parameter => parameter.Default is null))
        {
            if (parameter.IsPerModel)
            {
                CheckModels(method, slice, node, parameter);
            }
            else if (!Levels(slice).Append(OnlySource(slice)).Any(level => level.Has(parameter.Name)))
            {
                problems.Add(at, $"{method.Name} needs {parameter.Name} ({parameter.Meaning}), and it is not given");
            }
        }
    }

    private void CheckModels(MergeMethod method, RecipeSlice slice, RecipeNode node, ParameterDefinition parameter)
    {
        if (Levels(slice).Any(level => level.Has(parameter.Name)))
        {
            return;
        }

        var items = recipe.IsSliced ? node["sources"]!.Items : node.Items;
        for (var i = 0; i < slice.Sources.Count; i++)
        {
            if (!slice.Sources[i].Settings.Has(parameter.Name) && !IsBase(method, slice, slice.Sources[i]) && items.Count == slice.Sources.Count)
            {
                problems.Add(items[i], $"{method.Name} needs {parameter.Name} ({parameter.Meaning}) of {slice.Sources[i].Model}, and it is not given");
            }
        }
    }

    private void CheckCount(MergeMethod method, RecipeSlice slice, RecipeNode node)
    {
        var count = slice.Sources.Count(source => !IsBase(method, slice, source));
        if (count < method.LeastModels || count > method.MostModels)
        {
            var beside = method.Base == BaseUse.None || (slice.Base ?? recipe.Base) is null ? "" : " beside the base";
            problems.Add(node, $"{method.Name} takes {Range(method)}{beside}, and {(count == 1 ? "1 is" : $"{count} are")} given");
        }
    }

    private static string Range(MergeMethod method) =>
        method.LeastModels == method.MostModels ? $"exactly {Models(method.MostModels)}"
        : method.MostModels == int.MaxValue ? $"at least {Models(method.LeastModels)}"
        : $"{method.LeastModels} to {Models(method.MostModels)}";

    private static string Models(int count) => count == 1 ? "1 model" : $"{count} models";

    private bool IsBase(MergeMethod method, RecipeSlice slice, RecipeSource source) => method.Base != BaseUse.None && source.Model == (slice.Base ?? recipe.Base);

    private IEnumerable<Settings> Levels(RecipeSlice slice) => recipe.Settings.Prepend(slice.Settings);

    private static Settings OnlySource(RecipeSlice slice) => slice.Sources is [var only] ? only.Settings : Settings.None;
}
