using Eigenscope.Spectra;

namespace Eigenscope.Statistics;

/// <summary>What became of the matrices of one phase and shape.</summary>
/// <param name="N">The longer side.</param>
/// <param name="M">The shorter side.</param>
/// <param name="Truth">The phase that they were made to be in.</param>
/// <param name="Counts">How many were found in each phase, in the order of <see cref="Phase"/>; those without a verdict are in none.</param>
public sealed record PhaseConfusionRow(int N, int M, Phase Truth, IReadOnlyList<int> Counts);

/// <summary>How often verdicts of about the same confidence are right.</summary>
/// <param name="Low">The least confidence.</param>
/// <param name="High">What the confidence is below; 1 belongs to the last row.</param>
/// <param name="Count">The number of verdicts.</param>
/// <param name="Confidence">Their mean confidence, 0 to 1.</param>
/// <param name="Accuracy">The share of them that is right, 0 to 1.</param>
public sealed record PhaseReliabilityRow(double Low, double High, int Count, double Confidence, double Accuracy);

/// <summary>Measures <see cref="PhaseClassifier"/> on seeded matrices of every phase.</summary>
/// <param name="Confusion">A row for each shape and phase.</param>
/// <param name="Reliability">A row for each range of confidence, of all shapes together; empty ranges are left out.</param>
public sealed record PhaseCalibration(IReadOnlyList<PhaseConfusionRow> Confusion, IReadOnlyList<PhaseReliabilityRow> Reliability)
{
    private static readonly double[] Limits = [0, 0.5, 0.7, 0.85, 0.95, 0.99, 1];

    /// <summary>Classifies matrices.</summary>
    /// <param name="shapes">N and M of each shape.</param>
    /// <param name="draws">The number of matrices of each phase and shape, at least 1.</param>
    /// <param name="seed">The same seed gives the same tables.</param>
    /// <returns>The tables.</returns>
    public static PhaseCalibration Of(IReadOnlyList<(int N, int M)> shapes, int draws, long seed)
    {
        var trials = (from shape in shapes from phase in Enum.GetValues<Phase>() from draw in Enumerable.Range(0, draws) select TrialOf(shape.N, shape.M, phase, draw, seed)).ToList();
        return new PhaseCalibration(
            [.. trials.GroupBy(trial => (trial.N, trial.M, trial.Truth)).Select(group => new PhaseConfusionRow(group.Key.N, group.Key.M, group.Key.Truth, CountsOf(group)))],
            [.. Enumerable.Range(0, Limits.Length - 1).Select(i => ReliabilityOf(trials, Limits[i], Limits[i + 1])).OfType<PhaseReliabilityRow>()]);
    }

    /// <summary>The share of right verdicts for a shape, 0 to 1; NaN where the shape is in no row.</summary>
    public double Accuracy(int n, int m)
    {
        var rows = Confusion.Where(row => row.N == n && row.M == m).ToList();
        return rows.Sum(row => row.Counts[(int)row.Truth]) / (double)rows.Sum(row => row.Counts.Sum());
    }

    private static Trial TrialOf(int n, int m, Phase truth, int draw, long seed)
    {
        var w = TestMatrices.OfPhase(truth, n, m, CalibrationSeed.Of(seed, n, m, (int)truth, draw));
        var verdict = PhaseClassifier.Of([.. Spectrum.Of(w, SpectrumRoute.Gram).Eigenvalues], n).Verdict;
        return new Trial(n, m, truth, verdict?.Phase, verdict?.Confidence ?? 0);
    }

    private static int[] CountsOf(IEnumerable<Trial> trials) => [.. Enum.GetValues<Phase>().Select(phase => trials.Count(trial => trial.Found == phase))];

    private static PhaseReliabilityRow? ReliabilityOf(List<Trial> trials, double low, double high)
    {
        var inside = trials.Where(trial => trial.Found is not null && trial.Confidence >= low && (trial.Confidence < high || high == 1)).ToList();
        return inside.Count == 0 ? null
            : new PhaseReliabilityRow(low, high, inside.Count, inside.Average(trial => trial.Confidence), inside.Average(trial => trial.Found == trial.Truth ? 1.0 : 0));
    }

    private sealed record Trial(int N, int M, Phase Truth, Phase? Found, double Confidence);
}
