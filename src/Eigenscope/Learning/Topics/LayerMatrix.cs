using Eigenscope.LinearAlgebra;
using Eigenscope.Metrics;
using Eigenscope.Spectra;

namespace Eigenscope.Learning;

/// <summary>A matrix in memory, read as a layer.</summary>
internal static class LayerMatrix
{
    private const double DoubleEpsilon = 2.220446049250313e-16;

    /// <summary>Eigenvalues down to this share of the largest enter the fit of a tail.</summary>
    private const double TailThreshold = 1e-12;

    /// <summary>The spectrum of a matrix as the metrics read it, by the accurate route.</summary>
    public static LayerSpectrum Spectrum(DenseMatrix w, CancellationToken cancellation)
    {
        var spectrum = Spectra.Spectrum.Of(w, SpectrumRoute.Accurate, cancellation);
        return new([spectrum], Math.Max(w.Rows, w.Columns), Math.Min(w.Rows, w.Columns), DoubleEpsilon, TailThreshold * spectrum.Eigenvalues[^1]);
    }

    /// <summary>A matrix of a lesson.</summary>
    public static LayerReading Reading(LessonMatrix w, CancellationToken cancellation)
    {
        var spectrum = Spectrum(w.ToDense(), cancellation);
        return new("", "W", w.Rows, w.Columns, Eigenvalues(w, spectrum.Eigenvalues), name => Metric(spectrum, name));
    }

    /// <summary>Eigenvalues of W^T W, ascending, with 0 for those that rounding may have made of one: a random part is not fitted to rounding errors.</summary>
    public static IReadOnlyList<double> Eigenvalues(LessonMatrix w, IReadOnlyList<double> ascending)
    {
        var floor = Math.Max(w.Rows, w.Columns) * DoubleEpsilon;
        return [.. ascending.Select(lambda => lambda <= floor * floor * ascending[^1] ? 0 : lambda)];
    }

    /// <summary>A metric by its name; null where it is undefined.</summary>
    public static double? Metric(LayerSpectrum spectrum, string name) => MetricTable.All.First(metric => metric.Name == name).Of(spectrum);
}
