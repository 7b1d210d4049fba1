namespace Eigenscope.Transforms;

/// <summary>What becomes of the change of an embedding table.</summary>
public enum EmbeddingUse
{
    /// <summary>The whole table of the model goes into the adapter.</summary>
    Full,

    /// <summary>Its change is stored as two factors.</summary>
    LowRank,

    /// <summary>It is left out, and counted as lost.</summary>
    Skip,
}

/// <summary>How an adapter is extracted.</summary>
public sealed record ExtractionOptions : ReshapingOptions
{
    /// <summary>How ranks are chosen; <see cref="RankCriterion.RandomPart"/> for what exceeds the noise of each change.</summary>
    public RankRule Rule { get; init; } = new(RankCriterion.RandomPart);

    /// <summary>The largest rank of a matrix.</summary>
    public int MaxRank { get; init; } = 128;

    /// <summary>Singular values of a change at or below this do not count; null for any.</summary>
    public double? Epsilon { get; init; }

    /// <summary>What becomes of embedding tables.</summary>
    public EmbeddingUse Embeddings { get; init; }
}
