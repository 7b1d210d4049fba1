namespace Eigenscope.Statistics;

/// <summary>A fit without the few largest values ("fingers") that stand apart and steepen it: WeightWatcher 0.7's <c>fix_fingers='clip_xmax'</c>.</summary>
/// <remarks>
/// The fit is repeated without the k = 2, 3, ... largest values. The first whose exponent is lower than that of all values by more than a threshold is taken; where an exponent
/// is 2 or less before that, the fit of all values is kept. With <see cref="UpperCutoff.Largest"/> the law ends at the smallest value left out.
/// Pitfalls, kept for compatibility: k = 1 is never tried, and <see cref="NumFingers"/> is k - 1.
/// </remarks>
/// <param name="Fit">The fit that was taken.</param>
/// <param name="NumFingers">0 where nothing was left out, else one less than the number of values that were.</param>
/// <param name="RawAlpha">The exponent of the fit of all values.</param>
public sealed record ClippedPowerLawFit(PowerLawFit Fit, int NumFingers, double RawAlpha)
{
    private const double LeastAlpha = 2;

    /// <summary>Fits positive values in ascending order.</summary>
    /// <param name="ascending">The values.</param>
    /// <param name="options">How each fit is made.</param>
    /// <param name="threshold">How much lower the exponent must be; 1 in WeightWatcher.</param>
    /// <param name="mostFingers">The end of k, at least 2; 10 in WeightWatcher, so that at most nine values are left out.</param>
    /// <returns>The fit; or null with the reason why all values have none.</returns>
    public static (ClippedPowerLawFit? Fit, string? Reason) Of(ReadOnlySpan<double> ascending, PowerLawOptions options, double threshold = 1, int mostFingers = 10)
    {
        var (raw, reason) = PowerLawFit.Of(ascending, options);
        if (raw is null)
        {
            return (null, reason);
        }

        for (var k = 2; k < mostFingers && k < ascending.Length; k++)
        {
            var xmax = options.Cutoff == UpperCutoff.Largest ? ascending[^k] : double.PositiveInfinity;
            if (PowerLawFit.Of(ascending[..^k], options, xmax).Fit is not { } clipped)
            {
                continue;
            }

            if (clipped.Alpha + threshold < raw.Alpha)
            {
                return (new ClippedPowerLawFit(clipped, k - 1, raw.Alpha), null);
            }

            if (clipped.Alpha <= LeastAlpha)
            {
                break;
            }
        }

        return (new ClippedPowerLawFit(raw, 0, raw.Alpha), null);
    }
}
