using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>What tells a layer from a random one.</summary>
internal static class Evidence
{
    public static readonly Metric EdgeP = new(
        "edge_p", "test of the largest eigenvalue", "probability that independent entries of the variance of the random part put lambda_max further out (Tracy-Widom)", "0 to 1", "Tracy and Widom (1996); Johnstone (2001); Ma (2012)",
        "For entries of excess kurtosis up to about 1; heavier ones pass the edge by themselves.",
        layer => layer.Edge?.PValue)
    { Scope = MetricScope.Default };

    public static readonly Metric SignalEnergy = new(
        "signal_energy", "share of the signal in the squared norm", "sum theta^2 / sum lambda, theta the singular values of the signal with what noise adds taken off", "0 to 1", "Benaych-Georges and Nadakuditi (2012)",
        "A lower bound: signals below the threshold do not stand out.",
        layer => layer.Signal?.EnergyShare)
    { Scope = MetricScope.Default };

    public static readonly Metric SpikeEnergy = new(
        "spike_energy", "share of the spikes in the squared norm", "sum of the bulk_spikes largest lambda / sum lambda", "0 to 1", "Martin and Mahoney (2021)",
        "Noise in the spikes included.",
        layer => layer.Signal?.TailEnergy)
    { Scope = MetricScope.Default };

    public static readonly Metric Kurtosis = new(
        "entry_kurtosis", "excess kurtosis of the weights", "m4 / m2^2 - 3", "from -2; 0 for normal weights", "Pearson (1905)",
        "Above 1, entries in random order pass the edge of the random part more often than edge_p says.",
        layer => layer.Entries?.ExcessKurtosis)
    { Scope = MetricScope.Default };

    public static readonly Metric ExpectedLargest = new(
        "entry_lambda_max", "largest eigenvalue that the weights would have in random order", "the edge of the random part with all of the variance, or the spike that max |w| makes alone", "positive", "Baik, Ben Arous and Peche (2005)",
        "An expectation for one largest weight; --randomize measures it.",
        layer => layer.Slices.Count > 1 ? null : layer.Entries?.ExpectedLargest(layer.N, layer.M))
    { Scope = MetricScope.Default };

    public static readonly Metric PhaseConfidence = new(
        "phase_confidence", "confidence of the phase", "probability of the phase, by the distance of its tests from their cuts", "0 to 1", "Martin and Mahoney (2021); cuts and calibration in docs/statistics.md",
        "Near a border about one half. Below M = 200 neighbouring phases are told apart less well.",
        layer => layer.Phase?.Confidence)
    { Scope = MetricScope.Default };

    public static readonly Metric QuasiNullCount = QuasiNullOf("quasi_null_count", "quasi-null eigenvalues", "eigenvalues far below those of a random matrix of the same shape", "an integer from 0", found => found.Count);
    public static readonly Metric QuasiNullEffect = QuasiNullOf("quasi_null_effect", "how far below they lie", "median of ln(expected lambda / lambda)", "from 0", found => found.Effect);
    public static readonly Metric QuasiNullP = QuasiNullOf("quasi_null_p", "test of the quasi-null eigenvalues", "Monte Carlo p-value against random matrices of the same shape", "at least 1/201", found => found.PValue);

    private static Metric QuasiNullOf(string name, string title, string formula, string range, Func<QuasiNull, double> value) => new(
        name, title, formula, range, "Marchenko and Pastur (1967); rule in docs/statistics.md",
        "No licence to remove them: small singular values of transformers carry information, and removing them hurts, more so after fine-tuning (Staats, Thamm and Rosenow 2025).",
        layer => layer.QuasiNull is { } found ? value(found) : null)
    { Scope = MetricScope.QuasiNull };
}
