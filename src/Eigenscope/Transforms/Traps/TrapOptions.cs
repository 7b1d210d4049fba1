namespace Eigenscope.Transforms;

/// <summary>How correlation traps are removed.</summary>
public sealed record TrapOptions : ReshapingOptions
{
    /// <summary>How many times a layer is shuffled, at least 1; the same shuffles as those of an analysis with as many and the same seed.</summary>
    public int Shuffles { get; init; } = 5;

    /// <summary>The seed of the shuffles.</summary>
    public long Seed { get; init; }
}
