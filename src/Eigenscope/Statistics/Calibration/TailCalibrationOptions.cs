namespace Eigenscope.Statistics;

/// <summary>What a calibration of tail fits tries.</summary>
public sealed record TailCalibrationOptions
{
    /// <summary>The planted exponents, above 1.</summary>
    public IReadOnlyList<double> Alphas { get; init; } = [1.8, 2, 2.5, 3, 4, 6];

    /// <summary>The numbers of values in the planted tail, at least 10.</summary>
    public IReadOnlyList<int> TailCounts { get; init; } = [100, 400, 1000, 4096];

    /// <summary>How many values lie below the tail for each one in it: 0 is a power law alone.</summary>
    public double BodyShare { get; init; }

    /// <summary>The samples for each exponent and number.</summary>
    public int Trials { get; init; } = 1000;

    /// <summary>How samples are fitted.</summary>
    public PowerLawOptions Fit { get; init; } = new();

    /// <summary>How intervals are made; the seed is that of the samples too.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new() { Replicates = 200 };
}
