using Eigenscope.Analysis;
using Eigenscope.Metrics;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class LayerWarningsTests
{
    /// <summary>Two eigenvalues lambda_1 and lambda_1 r have alpha = 1 + 2 / ln r: 2 at r = e^2, 6 at r = e^0.4.</summary>
    [Theory]
    [InlineData(2.01, LayerWarnings.OverTrained)]
    [InlineData(1.99, null)]
    [InlineData(0.41, null)]
    [InlineData(0.39, LayerWarnings.UnderTrained)]
    public void The_labels_of_WeightWatcher(double logarithm, string? label)
    {
        foreach (var compatibility in Enum.GetValues<Compatibility>())
        {
            var warnings = Warnings(compatibility, 1, Math.Exp(logarithm / 2));
            Assert.Equal(label, warnings.FirstOrDefault(warning => warning is LayerWarnings.OverTrained or LayerWarnings.UnderTrained));
            Assert.Equal(label is null ? 0 : 1, warnings.Count(warning => warning.EndsWith("-trained", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(Compatibility.None, false)]
    [InlineData(Compatibility.WeightWatcher, true)]
    public void A_failed_fit_is_over_trained_only_for_WeightWatcher(Compatibility compatibility, bool overTrained)
    {
        var warnings = Warnings(compatibility, 5, 5);
        Assert.Equal(overTrained, warnings.Contains(LayerWarnings.OverTrained));
        Assert.Contains("no-fit: all eigenvalues are equal", warnings);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Few_eigenvalues(int count, bool warned) =>
        Assert.Equal(warned, Warnings(Compatibility.None, Spread(count)).Contains($"few-eigenvalues: with {count} eigenvalues alpha is mostly noise"));

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Short_tail(int count, bool warned) =>
        Assert.Equal(warned, Warnings(Compatibility.None, Spread(count)).Contains($"short-tail: alpha rests on {count} eigenvalues"));

    [Theory]
    [InlineData(Compatibility.None, 9, true)]
    [InlineData(Compatibility.None, 10, false)]
    [InlineData(Compatibility.WeightWatcher, 9, false)]
    public void No_random_part(Compatibility compatibility, int count, bool warned) =>
        Assert.Equal(warned, Warnings(compatibility, [.. Enumerable.Range(1, count).Select(k => (double)k)]).Contains("no-bulk: fewer than 10 eigenvalues are left for the random part"));

    [Fact]
    public void Values_at_the_floor()
    {
        var warning = Assert.Single(Warnings(Compatibility.None, 1, 0.5, 0), text => text.StartsWith("at-floor", StringComparison.Ordinal));
        Assert.StartsWith("at-floor: 1 of 3 singular values are at or below the route's floor 5.5e-8", warning, StringComparison.Ordinal);
        Assert.EndsWith(", but needs more than --max-memory", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Warnings(Compatibility.None, 1, 0.5), text => text.StartsWith("at-floor", StringComparison.Ordinal));
    }

    /// <summary>sigma whose squares are the quantiles of a power law, so that the tail is all of them.</summary>
    private static double[] Spread(int count) => [.. Enumerable.Range(0, count).Select(j => Math.Pow(1 - ((j + 0.5) / count), -0.25))];

    private static IReadOnlyList<string> Warnings(Compatibility compatibility, params double[] sigma)
    {
        var spectrum = Spectrum.Of(Matrices.Diagonal(sigma), SpectrumRoute.Gram);
        return LayerWarnings.Of(new LayerSpectrum([spectrum], sigma.Length, sigma.Length, 1e-7, 1e-12), Layers.Options with { Compatibility = compatibility });
    }
}
