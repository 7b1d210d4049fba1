namespace Eigenscope.Spectra;

/// <summary>How the singular values of a matrix are computed.</summary>
public sealed record SpectrumOptions
{
    /// <summary>The route.</summary>
    public SpectrumRoute Route { get; init; } = SpectrumRoute.Gram;

    /// <summary>Who computes them.</summary>
    public SpectrumSolver Solver { get; init; } = SpectrumSolver.Own;

    /// <summary>The steps of <see cref="SpectrumRoute.Approximate"/>, an even number from 4: each costs as much as the one before, and more of them resolve more singular values.</summary>
    public int Steps { get; init; } = LanczosSpectrum.Steps;

    /// <summary>The seed of what <see cref="SpectrumRoute.Approximate"/> draws at random.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The most threads that work on the matrix, at least 1, and no more than there are processors. Never changes a bit of what <see cref="SpectrumSolver.Own"/> computes; a LAPACK library has its own
    /// number of threads.
    /// </summary>
    public int Threads { get; init; } = 1;
}
