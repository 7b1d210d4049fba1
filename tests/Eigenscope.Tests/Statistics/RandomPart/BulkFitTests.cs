using System.Text.Json;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class BulkFitTests
{
    [Theory]
    [InlineData("random_like")]
    [InlineData("bleeding_out")]
    [InlineData("bulk_spikes")]
    [InlineData("bulk_decay")]
    [InlineData("heavy_tailed")]
    [InlineData("rank_collapse")]
    public void Agrees_with_the_reference(string name)
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "theory", "phase_examples.json")));
        var example = reference.RootElement.GetProperty("examples").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        var (features, n) = (example.GetProperty("features"), example.GetProperty("N").GetInt32());
        double[] lambda = [.. example.GetProperty("eigenvalues").EnumerateArray().Select(value => value.GetDouble()).Order()];
        var fit = BulkFit.Of(lambda, n).Fit!;
        Assert.Equal(features.GetProperty("k").GetInt32(), fit.Spikes);
        Assert.Equal(1, fit.Variance / features.GetProperty("s2").GetDouble(), 1e-6);
        Assert.Equal(features.GetProperty("D").GetDouble(), fit.Ks, 1e-6);
        Assert.Equal(features.GetProperty("d").GetDouble(), fit.Ks * fit.Size, 1e-3);
        Assert.Equal(1, lambda[^1] / fit.LambdaPlus / features.GetProperty("rho").GetDouble(), 1e-6);
        Assert.Equal(name is "bulk_decay" or "heavy_tailed", fit.Ks * fit.Size > fit.CriticalDistance);
    }

    /// <summary>Squares, where a fit to a density is off by a quarter, and spikes of a tenth of the values.</summary>
    [Theory]
    [InlineData(600, 300, 0)]
    [InlineData(600, 300, 30)]
    [InlineData(400, 400, 0)]
    [InlineData(400, 400, 40)]
    [InlineData(1000, 250, 25)]
    public void Finds_the_variance_beside_spikes(int n, int m, int spikes)
    {
        var fit = BulkFit.Of(Lambda(Spiked(n, m, spikes, 1)), n).Fit!;
        Assert.Equal(0.04, fit.Variance, 0.015 * 0.04);
        Assert.InRange(fit.Spikes, spikes, spikes + 1);
        Assert.True(fit.Ks * fit.Size < fit.CriticalDistance);
        Assert.Equal(fit.Variance * Math.Pow(Math.Sqrt(n - fit.Spikes) + Math.Sqrt(m - fit.Spikes), 2), fit.LambdaPlus, 1e-12 * fit.LambdaPlus);
    }

    [Fact]
    public void Scales_with_the_eigenvalues()
    {
        var lambda = Lambda(Spiked(300, 100, 3, 2));
        var (fit, large) = (BulkFit.Of(lambda, 300).Fit!, BulkFit.Of(Array.ConvertAll(lambda, value => value * 1e200), 300).Fit!);
        Assert.Equal((fit.Spikes, fit.Ks), (large.Spikes, large.Ks), (left, right) => left.Item1 == right.Item1 && Math.Abs(left.Item2 - right.Item2) < 1e-12);
        Assert.Equal(1, large.Variance / fit.Variance / 1e200, 1e-12);
    }

    [Fact]
    public void Few_or_zero_eigenvalues_are_no_law()
    {
        Assert.Equal("fewer than 10 eigenvalues are left for the random part", BulkFit.Of([1, 2, 3], 5).Reason);
        Assert.Equal("the smaller eigenvalues are zero", BulkFit.Of(new double[20], 30).Reason);
        Assert.Equal("the smaller eigenvalues are zero", BulkFit.Of([.. new double[90], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 100).Reason);
    }

    /// <summary>Noise of standard deviation 0.2, and spikes of three times the threshold and more in directions of rows and columns.</summary>
    private static DenseMatrix Spiked(int n, int m, int spikes, int seed)
    {
        var noise = Matrices.Normal(n, m, seed);
        var threshold = Math.Pow((double)m / n, 0.25) * Math.Sqrt(n);
        return Matrices.Of(n, m, (i, j) => 0.2 * (noise[i, j] + (i == j && j < spikes ? threshold * (3 + (0.1 * j)) : 0)));
    }

    private static double[] Lambda(DenseMatrix w) => [.. Spectrum.Of(w, SpectrumRoute.Gram, CancellationToken.None).Eigenvalues];
}
