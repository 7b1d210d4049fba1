namespace Eigenscope.Transforms;

/// <summary>In which form a truncated matrix is stored.</summary>
public enum CompressedForm
{
    /// <summary>As two factors, where these are fewer numbers.</summary>
    Factors,

    /// <summary>As a matrix of the same name and shape.</summary>
    Dense,
}

/// <summary>How a model is compressed.</summary>
public sealed record CompressionOptions : ReshapingOptions
{
    /// <summary>How ranks are chosen.</summary>
    public RankRule Rule { get; init; } = new(RankCriterion.Energy, 0.9);

    /// <summary>In which form matrices are stored.</summary>
    public CompressedForm Form { get; init; }
}
