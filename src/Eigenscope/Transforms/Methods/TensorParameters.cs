using System.Globalization;

namespace Eigenscope.Transforms;

/// <summary>The parameters of one tensor, or of one model of it, after gradients and filters: what a recipe says, else the defaults.</summary>
/// <param name="definitions">Every parameter that the method has.</param>
/// <param name="given">What the recipe says: doubles, bools and strings by name.</param>
internal sealed class TensorParameters(IReadOnlyList<ParameterDefinition> definitions, IReadOnlyDictionary<string, object> given)
{
    /// <summary>A number.</summary>
    public double Number(string name) => Value(name) switch
    {
        double number => number,
        bool flag => flag ? 1 : 0,
        var other => throw new ArgumentException($"{name} is '{other}', no number", nameof(name)),
    };

    /// <summary>True or false.</summary>
    public bool Flag(string name) => Value(name) switch
    {
        bool flag => flag,
        double number => number != 0,
        var other => throw new ArgumentException($"{name} is '{other}', neither true nor false", nameof(name)),
    };

    /// <summary>A word.</summary>
    public string Word(string name) => Value(name) as string ?? throw new ArgumentException($"{name} is no word", nameof(name));

    /// <summary>Every parameter with its value, as text that two runs can compare.</summary>
    public string Text => string.Join(' ', definitions.Select(definition => string.Create(CultureInfo.InvariantCulture, $"{definition.Name}={given.GetValueOrDefault(definition.Name) ?? definition.Default}")));

    private object Value(string name) =>
        given.TryGetValue(name, out var value) ? value
        : definitions.FirstOrDefault(definition => definition.Name == name)?.Default ?? throw new ArgumentException($"{name} is not given and has no default", nameof(name));
}
