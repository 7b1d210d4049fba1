using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>What became of a layer.</summary>
public enum ReshapingStatus
{
    /// <summary>Its weights were changed, or went into an adapter.</summary>
    Changed,

    /// <summary>It is as it was, as the reason says.</summary>
    Kept,

    /// <summary>Its change did not go into an adapter.</summary>
    Lost,

    /// <summary>It could not be worked on, and is as it was.</summary>
    Failed,
}

/// <summary>What a command did to a layer.</summary>
/// <param name="Layer">The layer, as the table of the model has it.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why; null where the status says all.</param>
/// <param name="Numbers">The numbers of the command for it, those of <see cref="Reshaping.Columns"/> in their order; null where there is none.</param>
public sealed record ReshapedLayer(WeightMatrix Layer, ReshapingStatus Status, string? Reason, IReadOnlyList<double?> Numbers);
