using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class WishartNullTests
{
    private const int Draws = 400;

    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 5, 1 }, { 20, 20 }, { 60, 40 } };

    /// <summary>E trace = N M; E ln det = sum of E ln chi^2_(N-i), i = 0 ... M - 1, which for a whole number is psi(k / 2) + ln 2.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Trace_and_determinant_have_their_means(int n, int m)
    {
        var spectra = Enumerable.Range(0, Draws).Select(seed => WishartNull.Eigenvalues(n, m, seed)).ToList();
        Assert.All(spectra, lambda => Assert.Equal(lambda.Order(), lambda));
        Assert.Equal(1, spectra.Average(lambda => lambda.Sum()) / (n * m), 5 * Math.Sqrt(2.0 / (n * m) / Draws));
        var expected = Enumerable.Range(0, m).Sum(i => MeanLogChiSquared(n - i));
        var variance = Enumerable.Range(0, m).Sum(i => 2.5 / Math.Max(0.5, n - i - 1));
        Assert.Equal(expected, spectra.Average(lambda => lambda.Sum(Math.Log)), 5 * Math.Sqrt(variance / Draws));
    }

    [Fact]
    public void Is_as_near_to_the_law_as_the_spectrum_of_a_matrix()
    {
        var (drawn, made) = (WishartNull.Eigenvalues(300, 200, 3), RandomSpectra.Eigenvalues(TestMatrices.Noise(NoiseKind.Gaussian, 300, 200, 3)));
        Assert.All(new[] { drawn, made }, lambda => Assert.InRange(BulkFit.Of(lambda, 300).Fit!.Ks, 0, 0.02));
    }

    [Fact]
    public void The_smallest_are_the_first_of_all()
    {
        var (all, few) = (WishartNull.Eigenvalues(90, 80, 5), WishartNull.Smallest(90, 80, 7, new PortableDraws(5)));
        Assert.Equal(all.Take(7), few);
        Assert.NotEqual(all, WishartNull.Eigenvalues(90, 80, 6));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(3, 0)]
    public void Other_shapes_are_refused(int n, int m) => Assert.Throws<ArgumentOutOfRangeException>(() => WishartNull.Eigenvalues(n, m, 1));

    /// <summary>psi(1 / 2) = -gamma - 2 ln 2, psi(1) = -gamma, psi(x + 1) = psi(x) + 1 / x.</summary>
    private static double MeanLogChiSquared(int degrees)
    {
        const double Gamma = 0.57721566490153286;
        var psi = degrees % 2 == 0 ? -Gamma : -Gamma - (2 * Math.Log(2));
        for (var x = degrees % 2 == 0 ? 1.0 : 0.5; x < degrees / 2.0; x++)
        {
            psi += 1 / x;
        }

        return psi + Math.Log(2);
    }
}
