namespace Eigenscope.Transforms;

/// <summary>What a method tells of one tensor.</summary>
/// <param name="Route">What was done, in a word or two of the field, such as <c>weighted_average</c> or <c>shared_subspace</c>.</param>
/// <param name="Reason">Why, in a clause; null where nothing was to be decided.</param>
internal sealed record MergeFacts(string Route, string? Reason = null)
{
    /// <summary>Numbers of the tensor by snake_case name, such as <c>overlap</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Values { get; init; } = [];

    /// <summary>Numbers of every model, in the order of the inputs, such as <c>kept_energy</c>; NaN for a model that has none.</summary>
    public IReadOnlyList<KeyValuePair<string, double[]>> PerModel { get; init; } = [];

    /// <summary>What a user should know, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
