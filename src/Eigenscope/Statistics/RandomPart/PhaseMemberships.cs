namespace Eigenscope.Statistics;

/// <summary>
/// How far a spectrum passes each test of the decision list of <see cref="PhaseClassifier"/>: above 0 it does, and 1 / (1 + exp(-x)) is the probability with which it does.
/// </summary>
/// <remarks>
/// Above M = 300 every test looks at one feature. Below, a few eigenvalues make each of them noisy, and the tests lean on more the smaller M is, by u = ln(300 / M): the bulk-decay test on the gap
/// between the edge and the first spike, the edge test on the second largest eigenvalue, and the heavy-tail test less on the log-likelihood ratio. The widths and what depends on u
/// are near those that maximize the likelihood on 7100 seeded matrices of M = 60 to 400 (<see cref="TestMatrices.OfPhase"/>), others than those on which the tables of <see cref="PhaseCalibration"/> are made.
/// </remarks>
internal readonly record struct PhaseMemberships(double Collapse, double Heavy, double Decay, double Beyond, double Far)
{
    private const int WellResolved = 300;
    private const int Smallest = 50;
    private const double EdgeCut = 2.0234493;

    /// <summary>The tests on the features of a spectrum of m eigenvalues.</summary>
    public static PhaseMemberships Of(PhaseFeatures features, int m)
    {
        var u = Math.Log((double)WellResolved / Math.Clamp(m, Smallest, WellResolved));
        return new PhaseMemberships(
            (features.CollapsedShare - 0.10) / (0.02 * Sharper(0.5, u)),
            Math.Max(PowerLaw(features, u), NoEdge(features)),
            DecayOf(features, u),
            BeyondOf(features, u),
            (Math.Log(features.EdgeRatio / 1.25) - (0.05 * u)) / (0.03 * Sharper(0.33, u)));
    }

    /// <summary>The factor of a width: less than 1 where there are many eigenvalues, and 1 from M = 100 down.</summary>
    private static double Sharper(double factor, double u) => factor + ((1 - factor) * Math.Min(1, u / Math.Log(3)));

    private static double PowerLaw(PhaseFeatures features, double u) => Least(
        (features.TraceDistance - 0.15) / (0.015 * Sharper(0.76, u)),
        (features.ExponentialRatio - 1 + (1.6 * u)) / (0.2 * (1 - (0.3 * u))),
        (4 - features.Alpha) / 0.2,
        (features.TailShare - 0.10) / (0.02 * Sharper(0.5, u)));

    private static double NoEdge(PhaseFeatures features) => Least(
        (features.TraceDistance - 0.35) / 0.03,
        Math.Log(features.EdgeRatio / 50) / 0.15,
        (features.SpikeShare - 0.15) / 0.02);

    private static double DecayOf(PhaseFeatures features, double u)
    {
        var distance = (features.BulkDistance - 1 + (0.18 * u)) / (0.08 * Sharper(0.71, u) * (1 - (0.13 * u)));
        var gap = features.SpikeShare > 0 ? 7.2 * Math.Max(-0.5, 0.08 - features.FirstGap) : -3.3;
        return distance + (u * gap);
    }

    private static double BeyondOf(PhaseFeatures features, double u)
    {
        var second = 0.52 * Math.Clamp(features.SecondEdgeStatistic + 3.3, -3, 5);
        return (features.EdgeStatistic - EdgeCut + (u * (0.32 + second))) / (0.35 * (1 + (1.29 * u)));
    }

    private static double Least(params ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }
}
