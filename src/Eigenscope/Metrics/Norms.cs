namespace Eigenscope.Metrics;

/// <summary>Sizes of the spectrum as a whole and of its largest value.</summary>
internal static class Norms
{
    private const string WeightWatcher = "Martin, Peng and Mahoney (2021), WeightWatcher";
    private const string Squared = "It is the square of what the name usually means; the name is WeightWatcher's.";

    public static readonly Metric SvMax = new(
        "sv_max", "largest singular value", "sigma_max", "from 0, in units of the weights", "Golub and Van Loan (2013), section 2.4",
        "Grows with the width of a layer even at random.",
        layer => layer.Spectrum.Largest);

    public static readonly Metric SvMin = new(
        "sv_min", "smallest singular value", "sigma_min; with --compat weightwatcher the largest of the slices' smallest", "from 0, in units of the weights",
        "Golub and Van Loan (2013), section 2.4",
        "At or below the floor of the route (num_at_floor above 0) it is only known to be about that small. Undefined with --approx.",
        layer => layer.IsApproximate ? null : layer.SingularValues[0])
    { Scope = MetricScope.Default };

    public static readonly Metric SvMinOfSlices = SvMin with
    {
        Compute = layer => layer.Slices.Max(slice => slice.SingularValues[0]),
        Scope = MetricScope.WeightWatcher,
    };

    public static readonly Metric LambdaMax = new(
        "lambda_max", "largest eigenvalue", "max lambda = sigma_max^2", "from 0", WeightWatcher, "Never divided by N.",
        layer => layer.LambdaMax);

    public static readonly Metric SpectralNorm = new(
        "spectral_norm", "spectral norm, squared", "max lambda", "from 0", WeightWatcher, Squared,
        layer => layer.LambdaMax);

    public static readonly Metric LogSpectralNorm = new(
        "log_spectral_norm", "log of the spectral norm, squared", "log10 max lambda", "any; undefined for a zero matrix", WeightWatcher, Squared,
        layer => Math.Log10(layer.LambdaMax));

    public static readonly Metric Norm = new(
        "norm", "Frobenius norm, squared", "sum lambda", "from 0", WeightWatcher, Squared,
        layer => layer.Norm);

    public static readonly Metric LogNorm = new(
        "log_norm", "log of the Frobenius norm, squared", "log10 sum lambda", "any; undefined for a zero matrix", WeightWatcher, Squared,
        layer => Math.Log10(layer.Norm));
}
