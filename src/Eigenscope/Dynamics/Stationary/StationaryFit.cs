using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>A family of laws that is fitted to a spectrum.</summary>
public enum StationaryFamily
{
    /// <summary>Gamma: additive noise, an exponential tail.</summary>
    Gamma,

    /// <summary>Inverse gamma: a power-law tail.</summary>
    InverseGamma,

    /// <summary>Lognormal.</summary>
    Lognormal,

    /// <summary>Beta-prime: noise that grows with lambda, a power-law tail. Gamma and inverse gamma are its limits.</summary>
    BetaPrime,
}

/// <summary>How a spectrum is fitted.</summary>
/// <param name="Replicates">B, the samples that are drawn from each fit and fitted again for its p-value; 0 for none.</param>
/// <param name="Seed">The same seed gives the same p-values.</param>
/// <param name="Threads">How many samples are fitted at the same time. Never changes a number.</param>
public sealed record StationaryFitOptions(int Replicates = 200, long Seed = 0, int Threads = 1)
{
    /// <summary>beta, the measured pull towards 0, for the predicted exponent; null where it is not known.</summary>
    public double? Beta { get; init; }

    /// <summary>kappa, as measured by <see cref="MultiplicativeNoise"/>; null where it is not known.</summary>
    public double? Kappa { get; init; }

    /// <summary>M, where the eigenvalues are those of several N x M matrices; null where they are all of one.</summary>
    public int? Columns { get; init; }
}

/// <summary>One law beside a spectrum.</summary>
/// <param name="Family">The family.</param>
/// <param name="Law">The law of largest likelihood; null where there is none.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
/// <param name="Parameters">Names and values of its parameters.</param>
/// <param name="LogLikelihood">The sum of the logarithms of its density; NaN without a law.</param>
/// <param name="Ks">The Kolmogorov-Smirnov distance, 0 to 1; NaN without a law.</param>
/// <param name="PValue">The share of samples drawn from the law, and fitted again, that are at least as far from their own fit: (1 + count) / (1 + B). Null where none were drawn.</param>
public sealed record StationaryCandidate(StationaryFamily Family, IContinuousLaw? Law, string? Reason, IReadOnlyList<(string Name, double Value)> Parameters, double LogLikelihood, double Ks, double? PValue)
{
    /// <summary>Akaike's criterion, 2 k - 2 ln L for k parameters; the law of the least is preferred.</summary>
    public double Aic => (2 * Parameters.Count) - (2 * LogLikelihood);

    /// <summary>Schwarz's criterion, k ln n - 2 ln L, for n eigenvalues.</summary>
    /// <param name="count">n.</param>
    /// <returns>The criterion; the law of the least is preferred.</returns>
    public double Bic(int count) => (Parameters.Count * Math.Log(count)) - (2 * LogLikelihood);
}

/// <summary>Laws of stationary singular values fitted to the eigenvalues of one spectrum, late in training.</summary>
/// <remarks>
/// Eigenvalues of a matrix repel each other and so lie far more regularly than independent numbers, which the drawn samples are: their distances are smaller, and the p-values too large. A small one speaks
/// against a law; a large one does not speak for it. Likelihoods, too, count eigenvalues as independent.
/// </remarks>
/// <param name="Count">n, the number of eigenvalues.</param>
/// <param name="Candidates">Gamma, inverse gamma, lognormal and beta-prime.</param>
/// <param name="LikelihoodRatio">2 (ln L of beta-prime - ln L of gamma), from 0: 0 where a limit of the beta-prime laws is likelier than all of them and that is the gamma law.</param>
/// <param name="LikelihoodRatioP">The probability of at least that under the gamma law, which lies at the boundary of the beta-prime laws: half of chi-squared with one degree (Self and Liang 1987); 1 for 0.</param>
/// <param name="Bulk">The Marchenko-Pastur law fitted to the random part; null with <paramref name="BulkReason"/>.</param>
/// <param name="BulkReason">Why there is none.</param>
/// <param name="TraceLaw">The Marchenko-Pastur law of the same mean as all eigenvalues.</param>
/// <param name="TraceDistance">Its Kolmogorov-Smirnov distance from all of them.</param>
/// <param name="PredictedExponent">3/2 + beta / kappa^2 from what was measured; null where that was not given.</param>
public sealed record StationaryFit(int Count, IReadOnlyList<StationaryCandidate> Candidates, double LikelihoodRatio, double LikelihoodRatioP, BulkFit? Bulk, string? BulkReason, MarchenkoPastur TraceLaw, double TraceDistance, double? PredictedExponent)
{
    /// <summary>What to bear in mind with the p-values.</summary>
    public const string Caution = "eigenvalues of a matrix repel each other, while the samples behind the p-values are of independent numbers: p is too large, a small one speaks against a law and a large one not for it";

    /// <summary>The exponent of the tail of the fitted beta-prime law, b + 1; null without one.</summary>
    public double? FittedExponent => (this[StationaryFamily.BetaPrime].Law as BetaPrime)?.TailExponent;

    /// <summary>The law of the least <see cref="StationaryCandidate.Aic"/>.</summary>
    public StationaryCandidate Preferred => Candidates.Where(candidate => candidate.Law is not null).MinBy(candidate => candidate.Aic)!;

    /// <summary>One of the candidates.</summary>
    /// <param name="family">The family.</param>
    public StationaryCandidate this[StationaryFamily family] => Candidates[(int)family];

    /// <summary>Fits all laws.</summary>
    /// <param name="lambda">The eigenvalues of W^T W in any order, positive: zeros belong to no law here, and are to be left out. Those of several matrices of one shape where the options give M.</param>
    /// <param name="rows">N, at least M.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops the work between two samples.</param>
    /// <returns>The fits; or null with the reason, where there are fewer than two eigenvalues, or one is not positive and finite, or all are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or N is below M.</exception>
    public static (StationaryFit? Fit, string? Reason) Of(ReadOnlySpan<double> lambda, int rows, StationaryFitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var columns = options.Columns ?? lambda.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, columns);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Replicates, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        double[] ascending = lambda.ToArray();
        Array.Sort(ascending);
        if (MaximumLikelihood.Gamma(ascending) is { Fit: null, Reason: var refusal })
        {
            return (null, refusal);
        }

        List<StationaryCandidate> candidates = [.. Enum.GetValues<StationaryFamily>().Select(family => WithPValue(StationaryFamilies.Fit(family, ascending), ascending.Length, options, cancellation))];
        var (bulk, bulkReason) = options.Columns is null ? BulkFit.Of(ascending, rows) : (null, "the eigenvalues are those of several matrices");
        var trace = new MarchenkoPastur((double)rows / columns, ascending.Average());
        var ratio = Ratio(candidates);
        return (new StationaryFit(
            ascending.Length,
            candidates,
            ratio,
            ratio > 0 ? 0.5 * SpecialFunctions.Erfc(Math.Sqrt(ratio / 2)) : 1,
            bulk,
            bulkReason,
            trace,
            LawFit<MarchenkoPastur>.Of(trace, ascending).Ks,
            options is { Beta: { } beta, Kappa: { } kappa } ? StationaryLaws.TailExponent(beta, kappa) : null), null);
    }

    /// <summary>Where no beta-prime law is likeliest, the likelier of its limits is what the family comes up to.</summary>
    private static double Ratio(List<StationaryCandidate> candidates)
    {
        var best = candidates[(int)StationaryFamily.BetaPrime].Law is null
            ? Math.Max(candidates[(int)StationaryFamily.Gamma].LogLikelihood, candidates[(int)StationaryFamily.InverseGamma].LogLikelihood)
            : candidates[(int)StationaryFamily.BetaPrime].LogLikelihood;
        return Math.Max(0, 2 * (best - candidates[(int)StationaryFamily.Gamma].LogLikelihood));
    }

    private static StationaryCandidate WithPValue(StationaryCandidate candidate, int count, StationaryFitOptions options, CancellationToken cancellation)
    {
        if (candidate.Law is not { } law || options.Replicates == 0)
        {
            return candidate;
        }

        var farther = 0;
        Parallel.For(0, options.Replicates, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, replicate =>
        {
            var random = new Sampling((ulong)CalibrationSeed.Of(options.Seed, (int)candidate.Family, replicate));
            var sample = new double[count];
            for (var i = 0; i < count; i++)
            {
                sample[i] = law.Sample(random);
            }

            if (StationaryFamilies.Distance(candidate.Family, sample) >= candidate.Ks)
            {
                Interlocked.Increment(ref farther);
            }
        });
        return candidate with { PValue = (1.0 + farther) / (1.0 + options.Replicates) };
    }
}
