namespace Eigenscope.Statistics;

/// <summary>The windows of <see cref="Farms"/>.</summary>
public readonly record struct FarmsOptions()
{
    /// <summary>The shorter side of a window, at least 2; no more than the shorter side of the matrix is used.</summary>
    public int Side { get; init; } = 2000;

    /// <summary>The longer side over the shorter one, at least 1; it lies along the longer side of the matrix.</summary>
    public double Q { get; init; } = 1;

    /// <summary>The number of windows along each side, at least 1.</summary>
    public int Grid { get; init; } = 15;

    /// <summary>Eigenvalues up to it are left out, in the units of the squared weights.</summary>
    public double Threshold { get; init; } = 1e-5;
}
