namespace Eigenscope.Statistics;

/// <summary>What small eigenvalues come from.</summary>
public enum QuasiNullOrigin
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>They are there, and no second spectrum was given to tell more.</summary>
    Unknown,

    /// <summary>They stay where rows and columns have equal lengths and go where the entries are shuffled: directions in which the matrix does next to nothing.</summary>
    Directions,

    /// <summary>They go where rows and columns have equal lengths: single rows or columns are small or zero.</summary>
    RowsOrColumns,

    /// <summary>They stay where the entries are shuffled: the law of the entries makes them.</summary>
    Entries,
}

/// <summary>How quasi-null eigenvalues are sought.</summary>
public sealed record QuasiNullOptions
{
    /// <summary>The eigenvalues, ascending, of the same matrix with rows and columns brought to equal lengths (<see cref="Equilibration"/>); null where it was not computed.</summary>
    public IReadOnlyList<double>? Equilibrated { get; init; }

    /// <summary>The eigenvalues, ascending, of the same entries in random order; null where they were not computed.</summary>
    public IReadOnlyList<double>? Shuffled { get; init; }

    /// <summary>The draws of the exact-shape null, at least 200 for a level of 0.01.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>p-values below this are a finding.</summary>
    public double Level { get; init; } = 0.01;

    /// <summary>The least effect that is a finding, in units of ln lambda: a factor of two in lambda.</summary>
    public double LeastEffect { get; init; } = Math.Log(2);

    /// <summary>The seed of the draws.</summary>
    public long Seed { get; init; }
}

/// <summary>Quasi-null eigenvalues: those of W^T W that lie far below the smallest ones of a random matrix of the same shape.</summary>
/// <remarks>
/// The rule: the bulk is fitted (<see cref="BulkFit"/>); the lowest fifth of the eigenvalues is compared, rank by rank and in logarithms, with draws of a random matrix of the shape that is left without
/// the spikes (<see cref="WishartNull"/>); the largest fall below has a Monte Carlo p-value; the last rank that falls further than the null ever does ends the count; the median deficit of those
/// counted must exceed a factor of two; the same is asked of the equilibrated and the shuffled matrix, where given; and the bulk is fitted again without them.
/// <para>Blind spot: in a square matrix the smallest eigenvalues of noise reach down to zero by themselves. 3 % of singular values at half the size that the rest of the spectrum begins with are not found
/// there, while they are at N = 3 M. Where 1 to 6 % of singular values are each scaled to a fifth, they are found at any ratio, as long as a square
/// matrix has three or more of them: two are found in half the cases, and a single small one is what noise has too.</para>
/// <para>A small singular value is no licence to remove it: Staats, Thamm and Rosenow (2025) find that in fine-tuned transformers the small ones carry information.</para>
/// </remarks>
/// <param name="Count">How many there are, 0 where nothing is found.</param>
/// <param name="Effect">The median, over those that fall below the envelope, of ln(expected lambda / lambda); 0 where none does. May be positive where <see cref="Count"/> is 0: too small to count.</param>
/// <param name="PValue">The Monte Carlo p-value, at least 1 / (draws + 1).</param>
/// <param name="Origin">What they come from, as far as the spectra given tell.</param>
/// <param name="Fit">The bulk without them.</param>
public sealed record QuasiNull(int Count, double Effect, double PValue, QuasiNullOrigin Origin, BulkFit Fit)
{
    /// <summary>True where directions of the matrix are quasi-null: something is found and neither rows, columns nor the law of the entries explain it.</summary>
    public bool IsFound => Origin is QuasiNullOrigin.Unknown or QuasiNullOrigin.Directions;

    /// <summary>Looks for them.</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0, of an N x M matrix.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The finding; or null with the reason, where the bulk cannot be fitted.</returns>
    public static (QuasiNull? Result, string? Reason) Of(ReadOnlySpan<double> ascending, int n, QuasiNullOptions? options = null) =>
        Of(ascending, n, options ?? new QuasiNullOptions(), LowerEnvelope.Of);

    /// <summary>The same with envelopes that are computed, or kept, by the caller: from N, M, draws and seed.</summary>
    internal static (QuasiNull? Result, string? Reason) Of(ReadOnlySpan<double> ascending, int n, QuasiNullOptions options, Func<int, int, int, long, LowerEnvelope> envelopes)
    {
        var (fit, reason) = BulkFit.Of(ascending, n);
        if (fit is null)
        {
            return (null, reason);
        }

        var seen = Look(ascending, fit, options, envelopes);
        var origin = seen.Count == 0 ? QuasiNullOrigin.None : OriginOf(n, options, envelopes);
        var refit = origin is QuasiNullOrigin.None or QuasiNullOrigin.Entries ? fit : BulkFit.Of(ascending, n, seen.Count).Fit ?? fit;
        return (new QuasiNull(seen.Count, seen.Effect, seen.P, origin, refit), null);
    }

    private static QuasiNullOrigin OriginOf(int n, QuasiNullOptions options, Func<int, int, int, long, LowerEnvelope> envelopes) =>
        Holds(options.Shuffled, n, options, envelopes) == true ? QuasiNullOrigin.Entries
        : Holds(options.Equilibrated, n, options, envelopes) switch
        {
            false => QuasiNullOrigin.RowsOrColumns,
            true => QuasiNullOrigin.Directions,
            null => QuasiNullOrigin.Unknown,
        };

    /// <summary>Whether another spectrum of the same shape has them too; null where it was not given or cannot be fitted.</summary>
    private static bool? Holds(IReadOnlyList<double>? other, int n, QuasiNullOptions options, Func<int, int, int, long, LowerEnvelope> envelopes)
    {
        double[] ascending = other is null ? [] : [.. other];
        return BulkFit.Of(ascending, n).Fit is { } fit ? Look(ascending, fit, options, envelopes).Count > 0 : null;
    }

    private static (int Count, double Effect, double P) Look(ReadOnlySpan<double> ascending, BulkFit fit, QuasiNullOptions options, Func<int, int, int, long, LowerEnvelope> envelopes)
    {
        var envelope = envelopes(fit.Rows, fit.Columns, options.Draws, options.Seed);
        var deficits = envelope.Deficits(ascending, fit.Variance);
        var falls = envelope.Falls(deficits);
        var (p, limit) = (envelope.P(falls.Max()), envelope.FallAt(options.Level));
        var count = Array.FindLastIndex(falls, fall => fall > limit) + 1;
        var effect = count == 0 ? 0 : Median(deficits.AsSpan(0, count));
        return (p < options.Level && effect > options.LeastEffect ? count : 0, effect, p);
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
