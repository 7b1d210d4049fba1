namespace Eigenscope.Statistics;

/// <summary>How a bootstrap is done.</summary>
public readonly record struct BootstrapOptions()
{
    /// <summary>The number of synthetic samples, at least 20. 100 tell a p-value to within 0.05, 1000 to within 0.015.</summary>
    public int Replicates { get; init; } = 100;

    /// <summary>The seed. The same seed gives the same result on any number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The threads that draw and fit samples, at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The share of intervals that should hold the true exponent, above 0 and below 1.</summary>
    public double Confidence { get; init; } = 0.95;
}
