namespace Eigenscope.Transforms;

/// <summary>What a command that changes weights by their spectra did.</summary>
/// <param name="Command">Its name: <c>compress</c>, <c>extract-lora</c>, <c>smooth</c> or <c>detrap</c>.</param>
/// <param name="Models">The paths of the models that it read.</param>
/// <param name="Output">The path of the folder that it wrote.</param>
/// <param name="Settings">The settings that count for the result, by name.</param>
/// <param name="Columns">The names of the numbers that a layer has.</param>
/// <param name="Layers">A row for each tensor of the model, or for each of its matrices where it holds several.</param>
/// <param name="Summary">Numbers of the whole, by name.</param>
public sealed record Reshaping(
    string Command,
    IReadOnlyList<string> Models,
    string Output,
    IReadOnlyList<KeyValuePair<string, string?>> Settings,
    IReadOnlyList<string> Columns,
    IReadOnlyList<ReshapedLayer> Layers,
    IReadOnlyList<KeyValuePair<string, double?>> Summary)
{
    /// <summary>True where a layer could not be worked on.</summary>
    public bool HasFailures => Layers.Any(layer => layer.Status == ReshapingStatus.Failed);

    /// <summary>A number of the whole.</summary>
    /// <exception cref="InvalidOperationException">The command has none of that name.</exception>
    public double? this[string name] => Summary.First(number => number.Key == name).Value;

    /// <summary>A number of a layer.</summary>
    /// <param name="layer">One of <see cref="Layers"/>.</param>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    public double? Of(ReshapedLayer layer, string column) => layer.Numbers[Columns.ToList().IndexOf(column)];
}
