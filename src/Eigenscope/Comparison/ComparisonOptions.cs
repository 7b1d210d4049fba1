using Eigenscope.Analysis;

namespace Eigenscope.Comparison;

/// <summary>By what layers are grouped, beside attention and feed-forward layers, and early, middle and late blocks.</summary>
public enum GroupBy
{
    /// <summary>By nothing else.</summary>
    None,

    /// <summary>By role.</summary>
    Role,

    /// <summary>By the number of the block.</summary>
    Block,

    /// <summary>By the kind of the layer.</summary>
    Kind,
}

/// <summary>What a comparison does. Everything here but the threads of <see cref="Analysis"/> may change the result.</summary>
public sealed record ComparisonOptions
{
    /// <summary>How every layer is analysed. Convolutions are taken as one matrix, whatever it says.</summary>
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>How many leading singular vectors make the subspaces that are compared, at least 1.</summary>
    public int Top { get; init; } = 16;

    /// <summary>How counterparts are found.</summary>
    public MatchingMode Matching { get; init; } = MatchingMode.Automatic;

    /// <summary>True for all singular values of every change; else those of large changes (a shorter side above 3072) are approximate.</summary>
    public bool ExactChange { get; init; }

    /// <summary>By what layers are grouped.</summary>
    public GroupBy GroupBy { get; init; } = GroupBy.None;

    /// <summary>The position of the model that the others are compared with; null for the last.</summary>
    public int? Reference { get; init; }

    /// <summary>How many vectors of each matrix are computed: intruders are looked for among more than are compared.</summary>
    internal int Vectors => Math.Max(48, 3 * Top);
}
