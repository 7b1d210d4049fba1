using Eigenscope.Spectra;

namespace Eigenscope.Statistics;

/// <summary>How often the edge tests reject on random matrices of one shape and one law of entries.</summary>
/// <param name="N">The longer side.</param>
/// <param name="M">The shorter side.</param>
/// <param name="Kind">The law of the entries.</param>
/// <param name="IsUpper">True for the upper edge, false for the lower.</param>
/// <param name="Source">Where the variance comes from.</param>
/// <param name="Draws">The number of matrices.</param>
/// <param name="At5">The share rejected at a level of 5 %, 0 to 1.</param>
/// <param name="At1">The share rejected at a level of 1 %, 0 to 1.</param>
public sealed record EdgeCalibrationRow(int N, int M, NoiseKind Kind, bool IsUpper, EdgeVariance Source, int Draws, double At5, double At1);

/// <summary>Measures the false positives of <see cref="EdgeTest"/>.</summary>
public static class EdgeCalibration
{
    /// <summary>Tests both edges, with each source of the variance, of as many random matrices.</summary>
    /// <param name="n">The longer side.</param>
    /// <param name="m">The shorter side.</param>
    /// <param name="kind">The law of the entries. Gaussian spectra are drawn without their matrices, all others with them.</param>
    /// <param name="draws">The number of matrices, at least 1.</param>
    /// <param name="seed">The same seed gives the same table.</param>
    /// <returns>A row for each edge and source; no lower edge where no law is known for the shape.</returns>
    public static IReadOnlyList<EdgeCalibrationRow> Of(int n, int m, NoiseKind kind, int draws, long seed)
    {
        var spectra = Enumerable.Range(0, draws).Select(draw => SpectrumOf(n, m, kind, CalibrationSeed.Of(seed, n, m, (int)kind, draw))).ToList();
        return
        [
            .. from isUpper in new[] { true, false }
               from source in Enum.GetValues<EdgeVariance>()
               select RowOf(n, m, kind, isUpper, source, spectra) into row
               where row is not null
               select row,
        ];
    }

    private static double[] SpectrumOf(int n, int m, NoiseKind kind, long seed) => kind == NoiseKind.Gaussian
        ? WishartNull.Eigenvalues(n, m, seed)
        : [.. Spectrum.Of(TestMatrices.Noise(kind, n, m, seed), SpectrumRoute.Gram).Eigenvalues];

    private static EdgeCalibrationRow? RowOf(int n, int m, NoiseKind kind, bool isUpper, EdgeVariance source, List<double[]> spectra)
    {
        var tests = spectra.Select(lambda => isUpper ? EdgeTest.Upper(lambda, n, source, 1).Test : EdgeTest.Lower(lambda, n, source, 1).Test).OfType<EdgeTest>().ToList();
        return tests.Count == 0 ? null
            : new EdgeCalibrationRow(n, m, kind, isUpper, source, tests.Count, tests.Average(test => test.PValue < 0.05 ? 1.0 : 0), tests.Average(test => test.PValue < 0.01 ? 1.0 : 0));
    }
}
