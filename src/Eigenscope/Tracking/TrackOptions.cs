using Eigenscope.Analysis;

namespace Eigenscope.Tracking;

/// <summary>What is followed over a training.</summary>
public sealed record TrackOptions
{
    /// <summary>How every layer is analysed at every checkpoint.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>How many leading singular vectors make the subspaces whose rotation is followed, at least 1.</summary>
    public int Top { get; init; } = 8;
}
