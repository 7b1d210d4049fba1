namespace Eigenscope.Transforms;

/// <summary>How a merge is carried out. Threads and memory never change a byte of the result.</summary>
public sealed record MergeOptions
{
    /// <summary>The most threads, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The most bytes of working memory; null for no limit.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>The most bytes of weights in a file.</summary>
    public long ShardBytes { get; init; } = 5_000_000_000;

    /// <summary>True to round at random, so that small changes are kept on average (<see cref="Narrowing.AtRandom"/>); else to the nearest.</summary>
    public bool RoundsAtRandom { get; init; }

    /// <summary>True to go on where an interrupted run stopped.</summary>
    public bool Resumes { get; init; }

    /// <summary>The seed of random masks and of rounding at random; null for that of the recipe.</summary>
    public long? Seed { get; init; }

    /// <summary>What is no error, beside what the recipe allows.</summary>
    public Allowances Allow { get; init; }
}
