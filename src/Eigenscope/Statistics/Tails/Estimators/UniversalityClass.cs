namespace Eigenscope.Statistics;

/// <summary>How heavy the tails of the entries of a matrix are, as far as the exponent of its spectrum tells.</summary>
public enum EntryTail
{
    /// <summary>mu below 1.6: the spectrum tells the exponent.</summary>
    VeryHeavy,

    /// <summary>mu about 1.4 to 2.4: the spectrum tells an interval.</summary>
    ModeratelyHeavy,

    /// <summary>The spectrum does not tell mu.</summary>
    NotIdentifiable,
}

/// <summary>
/// The exponent mu of the entries of a random matrix, P(|W_ij| &gt; x) ~ x^(-mu), from that of its spectrum, rho(lambda) ~ lambda^(-alpha). In the limit alpha = 1 + mu / 2 for mu below 4 (Martin and
/// Mahoney 2021, table 1); at finite sizes that holds for alpha below 1.8, and above alpha depends on the law and the size.
/// </summary>
/// <param name="Alpha">The exponent of the spectrum.</param>
/// <param name="Class">What it tells.</param>
/// <param name="Mu">2 (alpha - 1) for alpha below 1.8; else null.</param>
/// <param name="Low">The lower end of mu; null where it is not identifiable.</param>
/// <param name="High">The upper end.</param>
public sealed record UniversalityClass(double Alpha, EntryTail Class, double? Mu, double? Low, double? High)
{
    private const double HighestExact = 1.8;
    private const double HighestInterval = 2.5;

    /// <summary>The spread of fitted exponents for mu up to 1.4, whatever the law.</summary>
    private const double AlphaError = 0.1;

    /// <summary>Over laws of entries and sizes from 300 to 1000, alphas from 1.8 to 2.5 came from mu between 1.4 and 2.4.</summary>
    private const double LeastMu = 1.4;
    private const double MostMu = 2.4;

    /// <summary>What an exponent tells.</summary>
    /// <param name="alpha">The exponent of the spectrum, above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not above 1.</exception>
    public static UniversalityClass Of(double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(alpha > 1, false, nameof(alpha));
        var mu = 2 * (alpha - 1);
        return alpha < HighestExact ? new UniversalityClass(alpha, EntryTail.VeryHeavy, mu, Math.Max(0, mu - (2 * AlphaError)), mu + (2 * AlphaError))
            : alpha <= HighestInterval ? new UniversalityClass(alpha, EntryTail.ModeratelyHeavy, null, LeastMu, MostMu)
            : new UniversalityClass(alpha, EntryTail.NotIdentifiable, null, null, null);
    }

    /// <summary>WeightWatcher's conversion, for comparison with it: 2 (alpha - 1) below 2, then 2 up to alpha = 3, then alpha - 1. Above 1.8 it is no estimate.</summary>
    public static double Mu4Alpha(double alpha) => alpha < 2 ? 2 * (alpha - 1) : Math.Max(2, alpha - 1);

    /// <summary>
    /// The lines of Martin and Mahoney's notebook for 2000 x 1000 matrices of non-negative Lomax entries: alpha = 0.649 mu + 0.862 for mu up to 2, alpha = 1.21 mu - 0.0253 above. They hold for no other
    /// law of entries or size.
    /// </summary>
    public static double LegacyMu(double alpha) => (alpha - 0.862) / 0.649 is var small && small <= 2 ? small : Math.Max(2, (alpha + 0.0253) / 1.21);
}
