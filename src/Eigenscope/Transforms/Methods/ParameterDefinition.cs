namespace Eigenscope.Transforms;

/// <summary>What a parameter holds.</summary>
internal enum ParameterKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false; in a gradient they count as 1 and 0, and all but 0 is true.</summary>
    Flag,

    /// <summary>One of some words.</summary>
    Word,
}

/// <summary>A parameter of a merge method.</summary>
/// <param name="Name">As recipes spell it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Default">What it is where a recipe does not say: a double, a bool or a string; null where it must say.</param>
/// <param name="Meaning">What it does, in a clause.</param>
internal sealed record ParameterDefinition(string Name, ParameterKind Kind, object? Default, string Meaning)
{
    /// <summary>True where each model has its own.</summary>
    public bool IsPerModel { get; init; }

    /// <summary>The least number that makes sense.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The largest number that makes sense.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>The words that it can be; empty for numbers and flags.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
