using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>
/// What each route promises, and assertions in these terms.
/// </summary>
/// <remarks>
/// Gram: lambda to 1e-13 lambda_max sqrt(M), so sigma to the root of that where sigma is tiny. Accurate: sigma to 1e-14 sigma_max, up
/// to M = 257 here. Both state a floor of 8 eps sqrt(M), relative to lambda_max and to sigma_max.
/// </remarks>
internal static class Accuracy
{
    public const double Epsilon = 2.220446049250313e-16;

    public static Spectrum Of(IMatrix w, SpectrumRoute route) => Spectrum.Of(w, route, CancellationToken.None);

    /// <summary>The largest error of lambda.</summary>
    public static double Lambda(SpectrumRoute route, int smaller, double largestSigma)
    {
        var square = largestSigma * largestSigma;
        return route == SpectrumRoute.Gram ? 1e-13 * Math.Sqrt(smaller) * square : 2e-14 * square;
    }

    /// <summary>The largest error of sigma where nothing is known of its size.</summary>
    public static double Sigma(SpectrumRoute route, int smaller, double largestSigma) =>
        route == SpectrumRoute.Gram ? Math.Sqrt(Lambda(route, smaller, largestSigma)) : 1e-14 * largestSigma;

    /// <summary>
    /// The error of lambda that three reflections from either side bring about: each moves W by a few eps |W|_F, and lambda by twice
    /// sigma_max times that.
    /// </summary>
    public static double OfRotation(DenseMatrix w, double largestSigma) =>
        2 * largestSigma * 6 * 4 * Epsilon * Math.Sqrt(LinearAlgebra.Matrices.SquaredNorm(w));

    /// <summary>Asserts that all lambda are within <paramref name="tolerance"/> of those expected, both ascending.</summary>
    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        var (left, right) = (expected.ToList(), actual.ToList());
        Assert.Equal(left.Count, right.Count);
        for (var i = 0; i < left.Count; i++)
        {
            Assert.True(Math.Abs(left[i] - right[i]) <= tolerance, $"value {i} of {left.Count} is {right[i]:R}, {left[i]:R} is expected within {tolerance:E1}");
        }
    }

    /// <summary>Asserts a known spectrum: lambda within what the route promises.</summary>
    public static void HasSingularValues(IMatrix w, SpectrumRoute route, IEnumerable<double> sigma, double allowance = 0)
    {
        var expected = sigma.Order().ToList();
        var spectrum = Of(w, route);
        Near(expected.Select(s => s * s), spectrum.Eigenvalues, Lambda(route, expected.Count, expected[^1]) + allowance);
        Near(expected, spectrum.SingularValues, Sigma(route, expected.Count, expected[^1]) + Math.Sqrt(allowance));
        Assert.All(spectrum.SingularValues, s => Assert.True(s >= 0));
    }
}
