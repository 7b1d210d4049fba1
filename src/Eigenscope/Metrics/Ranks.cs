namespace Eigenscope.Metrics;

/// <summary>How many directions count.</summary>
internal static class Ranks
{
    /// <summary>eps of float64 as WeightWatcher applies it, whatever the weights are stored in.</summary>
    private const double DoubleEpsilon = 2.220446049250313e-16;
    private const double WeakTolerance = 1e-6;
    private const double LargestRankTolerance = 0.01;
    private const string WeightWatcher = "Martin, Peng and Mahoney (2021), WeightWatcher";

    public static readonly Metric StableRank = new(
        "stable_rank", "stable rank", "sum lambda / max lambda", "1 to num_evals", "Rudelson and Vershynin (2007)",
        "Falls with a single large direction, whatever the others do.",
        layer => layer.Norm / layer.LambdaMax);

    public static readonly Metric EffectiveRank = new(
        "effective_rank", "effective rank", "exp(-sum p ln p), p = sigma / sum sigma", "1 to num_evals", "Roy and Vetterli (2007), definition 1",
        "Over sigma, not lambda. Other tools call the participation ratio effective rank.",
        layer => layer.Norm == 0 ? null : Math.Exp(Entropy(layer.SingularValues)))
    { Scope = MetricScope.Default };

    public static readonly Metric ParticipationRatio = new(
        "participation_ratio", "participation ratio of the singular values", "(sum sigma)^2 / sum sigma^2", "1 to num_evals", "Bell and Dean (1970), applied to sigma",
        "Over sigma; the participation ratio of lambda is smaller.",
        layer => layer.SingularValues.Sum() / layer.Norm * layer.SingularValues.Sum())
    { Scope = MetricScope.Default };

    public static readonly Metric HardRank = new(
        "hard_rank", "numerical rank", "#{sigma > t}, t = sigma_max max(N, M) eps of the stored type, and no smaller than the floor of the accurate route", "an integer from 0", "Golub and Van Loan (2013), section 5.4.1",
        "Undefined where the route does not resolve t (the accurate one does), and where t is more than 1 % of sigma_max: for half precision and large layers this worst-case bound says nothing.",
        Hard)
    { Scope = MetricScope.Default };

    public static readonly Metric NumAtFloor = new(
        "num_at_floor", "values below the resolution of the route", "#{sigma <= floor}", "an integer from 0", "this project",
        "These singular values are known to be tiny, and not how tiny. Undefined with --approx.",
        layer => layer.IsApproximate ? null : layer.Spectrum.CountAtFloor)
    { Scope = MetricScope.Default };

    public static readonly Metric ConditionNumber = new(
        "condition_number", "condition number", "sigma_max / sigma_min", "from 1; undefined where sigma_min is not resolved", "Golub and Van Loan (2013), section 2.6.2",
        "One tiny singular value decides it.",
        layer => layer.Spectrum.CountAtFloor == 0 ? layer.Spectrum.Largest / layer.SingularValues[0] : null)
    { Scope = MetricScope.Default };

    public static readonly Metric Rank10Share = new(
        "rank10_share", "share of the first ten directions", "sum of the ten largest lambda / sum lambda", "0 to 1", "Eckart and Young (1936)",
        "1 for a layer of ten or fewer eigenvalues.",
        layer => layer.Eigenvalues.TakeLast(10).Sum() / layer.Norm)
    { Scope = MetricScope.Default };

    public static readonly Metric SpectralEntropy = new(
        "spectral_entropy", "spectral entropy", "-sum p ln p / ln num_evals, p = lambda / sum lambda", "0 to 1; 0 for a single eigenvalue", "Martin and Mahoney (2021), matrix entropy",
        "Divided by the log of all eigenvalues, not of the rank.",
        layer => layer.Norm == 0 ? null : layer.Eigenvalues.Count == 1 ? 0 : Entropy(layer.Eigenvalues) / Math.Log(layer.Eigenvalues.Count))
    { Scope = MetricScope.Default };

    public static readonly Metric WeakRankLoss = new(
        "weak_rank_loss", "eigenvalues near zero", "#{lambda < 1e-6}", "an integer from 0", WeightWatcher,
        "An absolute threshold: it depends on the scale of the weights. Undefined with --approx.",
        layer => layer.IsApproximate ? null : layer.Eigenvalues.Count(lambda => lambda < WeakTolerance));

    public static readonly Metric MatrixRank = new(
        "matrix_rank", "rank as in WeightWatcher", "#{sigma > sigma_max N 2.22e-16}", "an integer from 0", WeightWatcher,
        "Uses the precision of float64 for float32 weights, so it is practically always full; hard_rank uses that of the stored type.",
        layer => Rank(layer))
    { Scope = MetricScope.WeightWatcher };

    public static readonly Metric RankLoss = new(
        "rank_loss", "rank loss as in WeightWatcher", "sum over slices of #{sigma <= sigma_max N 2.22e-16}", "an integer from 0", WeightWatcher,
        "See matrix_rank.",
        layer => layer.Slices.Sum(slice => slice.SingularValues.Count(sigma => sigma <= slice.Largest * layer.N * DoubleEpsilon)))
    { Scope = MetricScope.WeightWatcher };

    public static readonly Metric MatrixEntropy = new(
        "entropy", "entropy as in WeightWatcher", "-sum p ln p / ln(matrix_rank + 1e-10), p = lambda / sum lambda + 1e-10", "about 0 to 1", WeightWatcher,
        "Not renormalised after 1e-10 is added; spectral_entropy is exact.",
        WeightWatcherEntropy)
    { Scope = MetricScope.WeightWatcher };

    private static double? Hard(LayerSpectrum layer)
    {
        var (spectrum, threshold) = (layer.Spectrum, layer.Spectrum.Largest * layer.N * layer.Epsilon);
        if (spectrum.Route == Spectra.SpectrumRoute.Accurate)
        {
            threshold = Math.Max(threshold, spectrum.Floor);
        }

        var isUndecided = spectrum.CountAtFloor > 0 && threshold < spectrum.Floor;
        return isUndecided || threshold > LargestRankTolerance * spectrum.Largest
            ? null
            : spectrum.SingularValues.Count(sigma => sigma > threshold);
    }

    private static int Rank(LayerSpectrum layer) =>
        layer.SingularValues.Count(sigma => sigma > layer.Spectrum.Largest * layer.N * DoubleEpsilon);

    private static double? WeightWatcherEntropy(LayerSpectrum layer)
    {
        const double Offset = 1e-10;
        var sum = layer.Eigenvalues.Sum(lambda => ((lambda / layer.Norm) + Offset) * Math.Log((lambda / layer.Norm) + Offset));
        return -sum / Math.Log(Rank(layer) + Offset);
    }

    /// <summary>-sum p ln p in nats for p = value / sum, where 0 ln 0 is 0.</summary>
    private static double Entropy(IReadOnlyList<double> values)
    {
        var total = values.Sum();
        return -values.Where(value => value > 0).Sum(value => value / total * Math.Log(value / total));
    }
}
