namespace Eigenscope.Transforms;

/// <summary>The parameters that one level of a recipe gives: a model, a slice, or the whole.</summary>
/// <param name="ByName">What it says of each parameter.</param>
internal sealed record Settings(IReadOnlyDictionary<string, Setting> ByName)
{
    /// <summary>A level that says nothing.</summary>
    public static Settings None { get; } = new(new Dictionary<string, Setting>(StringComparer.Ordinal));

    /// <summary>True where it says anything of a parameter.</summary>
    public bool Has(string name) => ByName.ContainsKey(name);

    /// <summary>The parameters of a tensor: each from the first level that says anything of it.</summary>
    /// <param name="definitions">The parameters that are wanted.</param>
    /// <param name="levels">From the nearest level to that of the whole recipe.</param>
    /// <param name="tensor">The name of the tensor that is made.</param>
    /// <param name="depth">Where it lies between the first block (0) and the last (1).</param>
    /// <returns>Doubles, bools and strings; nothing for a parameter that no level gives.</returns>
    public static Dictionary<string, object> At(IEnumerable<ParameterDefinition> definitions, IReadOnlyList<Settings> levels, string tensor, double depth)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (levels.Select(level => level.ByName.GetValueOrDefault(definition.Name)?.At(tensor, depth)).FirstOrDefault(value => value is not null) is { } found)
            {
                values.Add(definition.Name, found);
            }
        }

        return values;
    }
}
