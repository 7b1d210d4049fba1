namespace Eigenscope.Statistics;

/// <summary>How a power law is fitted to a tail. The default is WeightWatcher's.</summary>
public readonly record struct PowerLawOptions()
{
    /// <summary>The fewest values that a tail may have, at least 2. 2 is compatible; max(10, n / 20) keeps chance out.</summary>
    public int LeastTail { get; init; } = 2;

    /// <summary>How the distance is measured.</summary>
    public TailDistance Distance { get; init; } = TailDistance.Compat;

    /// <summary>Which values are candidates for xmin.</summary>
    public XminChoice Xmin { get; init; } = XminChoice.Scan;

    /// <summary>The start of the tail for <see cref="XminChoice.Fixed"/>, positive, in the units of x; it need not be one of the values.</summary>
    public double FixedXmin { get; init; }

    /// <summary>The upper end of the candidates of <see cref="XminChoice.Peak"/> and <see cref="XminChoice.NearPeak"/>, in the units of x; null is 1.5 times the peak.</summary>
    public double? PeakCeiling { get; init; }

    /// <summary>Where the law ends.</summary>
    public UpperCutoff Cutoff { get; init; } = UpperCutoff.None;

    /// <summary>How many of the largest values are left out before the fit, WeightWatcher's <c>xmax=-k</c>.</summary>
    public int DropTop { get; init; }
}
