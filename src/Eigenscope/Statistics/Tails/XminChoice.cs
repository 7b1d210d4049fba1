namespace Eigenscope.Statistics;

/// <summary>Which values are candidates for the start of a tail; the one with the smallest distance wins.</summary>
public enum XminChoice
{
    /// <summary>Every value that leaves a tail long enough.</summary>
    Scan,

    /// <summary>
    /// The values near the peak of the histogram of log10 x, as WeightWatcher's <c>fix_fingers='xmin_peak'</c> does: between log10(0.95 peak), compared as it is with x,
    /// and 1.5 peak, without the largest of them. The lower bound mixes a logarithm and a value and seldom excludes anything.
    /// </summary>
    Peak,

    /// <summary>The values from 0.95 to 1.5 times the peak of the histogram of log10 x, without the largest of them: what <see cref="Peak"/> means to do.</summary>
    NearPeak,

    /// <summary>One given value, <see cref="PowerLawOptions.FixedXmin"/>: no scan.</summary>
    Fixed,
}
