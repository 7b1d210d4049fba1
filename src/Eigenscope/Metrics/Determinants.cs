using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>The tail of unit determinant.</summary>
internal static class Determinants
{
    private const string Source = "Martin and Hinrichs (2025), SETOL, arXiv 2507.17912; WeightWatcher's detX";
    private const string Pitfall = "A random square matrix has 73 % of its eigenvalues in it.";

    public static readonly Metric Count = new(
        "detX_num", "length of the tail of unit determinant", "the least k with prod of the k largest lambda / mean lambda < 1", "an integer from 0", Source, Pitfall,
        layer => Of(layer)?.Count);

    public static readonly Metric Start = new(
        "detX_val", "start of the tail of unit determinant", "the smallest lambda of that tail", "from 0", Source, Pitfall,
        layer => Of(layer)?.Start);

    public static readonly Metric ScaledStart = new(
        "detX_val_unrescaled", "the same with a mean eigenvalue of 1", "detX_val / mean lambda", "from 0", Source, "WeightWatcher has exchanged the names: this is the rescaled one.",
        layer => Of(layer)?.ScaledStart)
    { Scope = MetricScope.WeightWatcher };

    public static readonly Metric Distance = new(
        "erg_distance", "distance between the two starts of the tail", "ln(detX_val / xmin)", "any; 0 is the ideal of SETOL, together with alpha = 2", Source, "Undefined without a fit of the tail.",
        layer => Of(layer) is { Start: > 0 } tail && layer.Tail.Fit is { } fit ? Math.Log(tail.Start / fit.Xmin) : null)
    { Scope = MetricScope.Default };

    private static UnitDeterminantTail? Of(LayerSpectrum layer) => layer.Norm > 0 && !layer.IsApproximate ? UnitDeterminantTail.Of([.. layer.Eigenvalues]) : null;
}
