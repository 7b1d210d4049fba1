using Eigenscope.Analysis;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>What every change of weights may be told. Everything here but <see cref="Threads"/> and <see cref="MaxMemory"/> may change the result.</summary>
public record ReshapingOptions
{
    /// <summary>Which layers are changed; where it names none, all but those that a command leaves alone by itself.</summary>
    public LayerFilter Filter { get; init; } = LayerFilter.All;

    /// <summary>The type in which changed weights are stored, one of F64, F32, F16 and BF16; null for the one that each had.</summary>
    public DType? Type { get; init; }

    /// <summary>How many threads work, at least 1. Never changes a bit of the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The working memory in bytes that a layer may take; one that needs more fails, and its weights stay as they are.</summary>
    public long MaxMemory { get; init; } = new AnalysisOptions().MaxMemory;

    /// <summary>True where the user has chosen layers by name or role.</summary>
    internal bool ChoosesLayers => Filter.Include.Count > 0 || Filter.Roles.Count > 0;
}
