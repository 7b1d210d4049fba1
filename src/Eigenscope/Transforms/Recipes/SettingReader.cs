using System.Globalization;

namespace Eigenscope.Transforms;

/// <summary>Reads parameters, and checks each value against what the method knows of it.</summary>
/// <param name="method">The method; null where it is not known, and nothing can be checked.</param>
/// <param name="nodes">Reads nodes.</param>
/// <param name="problems">Where problems go.</param>
/// <param name="warnings">What a user should know.</param>
internal sealed class SettingReader(MergeMethod? method, NodeReader nodes, RecipeProblems problems, List<string> warnings)
{
    /// <summary>What recipes of mergekit often hold: the type of its masks, which changes no number.</summary>
    private const string MaskType = "int8_mask";

    private const string Part = "filter";
    private const string Held = "value";

    /// <summary>The parameters of a level.</summary>
    /// <param name="node">The map of them; null for none.</param>
    /// <param name="isOfOneOfSeveral">True for those of one model beside others, which cannot hold what is one for all.</param>
    public Settings Of(RecipeNode? node, bool isOfOneOfSeveral = false)
    {
        if (node is null || !nodes.IsMap(node, "parameters", [.. node.Entries.Select(entry => entry.Name)]))
        {
            return Settings.None;
        }

        var settings = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var entry in node.Entries.Where(entry => !entry.Value.IsNull))
        {
            var definition = method?.Parameters.FirstOrDefault(parameter => parameter.Name == entry.Name);
            if (IsKnown(entry, definition, isOfOneOfSeveral) && Of(entry.Value, entry.Name, definition) is { } setting)
            {
                settings[entry.Name] = setting;
            }
        }

        return new Settings(settings);
    }

    private bool IsKnown(RecipeEntry entry, ParameterDefinition? definition, bool isOfOneOfSeveral)
    {
        if (definition is null && entry.Name == MaskType)
        {
            warnings.Add($"{MaskType} changes nothing: masks are not stored");
            return false;
        }

        if (method is not null && definition is null)
        {
            var names = method.Parameters.Select(parameter => parameter.Name).ToList();
            problems.Add(entry, names.Count == 0 ? $"unknown parameter '{entry.Name}': {method.Name} has none" : $"unknown parameter '{entry.Name}' of {method.Name}{NearestName.Clause(entry.Name, names)}");
            return false;
        }

        if (isOfOneOfSeveral && definition is { IsPerModel: false })
        {
            problems.Add(entry, $"{entry.Name} is one for all models: it belongs in the parameters of the recipe or of the slice");
            return false;
        }

        return true;
    }

    private Setting? Of(RecipeNode node, string name, ParameterDefinition? definition) =>
        node.Kind == RecipeNodeKind.List && node.Items.Count > 0 && node.Items.All(item => item.Kind == RecipeNodeKind.Map) ? Filtered(node, name, definition) : Plain(node, name, definition);

    private FilteredSetting Filtered(RecipeNode node, string name, ParameterDefinition? definition)
    {
        var cases = new List<(string?, Setting)>();
        foreach (var item in node.Items.Where(item => nodes.IsMap(item, $"a value of {name}", Part, Held)))
        {
            if (item[Held] is not { } value)
            {
                problems.Add(item, $"a value of {name} is missing: {{filter: PART OF A NAME, value: VALUE}} is wanted");
            }
            else if (Plain(value, name, definition) is { } setting)
            {
                cases.Add((nodes.Text(item[Part], $"the filter of {name}") is { } part and not "*" ? part : null, setting));
            }
        }

        return new FilteredSetting(cases);
    }

    private Setting? Plain(RecipeNode node, string name, ParameterDefinition? definition)
    {
        if (node.Kind == RecipeNodeKind.Scalar)
        {
            return Value(node, name, definition) is { } value ? new ScalarSetting(value) : null;
        }

        if (node.Kind == RecipeNodeKind.Map || node.Items.Count == 0)
        {
            problems.Add(node, $"{name} is {(node.Kind == RecipeNodeKind.Map ? "a map" : "an empty list")}, and a value, a list of values from the first block to the last, or a list of {{filter, value}} is wanted");
            return null;
        }

        var points = node.Items.Select(item => Value(item, name, definition)).ToList();
        return points.Contains(null) ? null : new GradientSetting([.. points.Select(point => point!)]);
    }

    private object? Value(RecipeNode node, string name, ParameterDefinition? definition)
    {
        var value = definition?.Kind == ParameterKind.Word && node is { Kind: RecipeNodeKind.Scalar, IsNull: false } ? node.Text : node.Value;
        var wrong = value is null ? $"is {node.Shown}, and a value is wanted" : definition is null ? null : Wrong(value, node, definition);
        if (wrong is not null)
        {
            problems.Add(node, $"{name} {wrong}");
        }

        return wrong is null ? value : null;
    }

    private static string? Wrong(object value, RecipeNode node, ParameterDefinition definition) => (definition.Kind, value) switch
    {
        (ParameterKind.Word, string word) => definition.Words.Count == 0 || definition.Words.Contains(word, StringComparer.Ordinal) ? null : $"is '{word}', and one of {string.Join(", ", definition.Words)} is wanted{NearestName.Clause(word, definition.Words)}",
        (ParameterKind.Flag, string) => $"is {node.Shown}, and true or false is wanted",
        (ParameterKind.Number, string) => $"is {node.Shown}, and a number is wanted",
        (ParameterKind.Number, double number) when number < definition.Least => $"is {Shown(number)}, and at least {Shown(definition.Least)} makes sense",
        (ParameterKind.Number, double number) when number > definition.Most => $"is {Shown(number)}, and at most {Shown(definition.Most)} makes sense",
        _ => null,
    };

    private static string Shown(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
