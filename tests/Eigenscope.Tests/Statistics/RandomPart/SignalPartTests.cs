using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.RandomPart;

public sealed class SignalPartTests
{
    private const int N = 600;
    private const int M = 300;

    [Fact]
    public void Strengths_are_those_that_were_added()
    {
        double[] strengths = [1.8, 2.5, 4];
        var lambda = RandomSpectra.Eigenvalues(TestMatrices.Spiked(NoiseKind.Gaussian, N, M, strengths, 6));
        var part = SignalPart.Of(lambda, BulkFit.Of(lambda, N).Fit!);
        double[] added = [.. strengths.Select(strength => strength * Math.Sqrt(Math.Sqrt((double)N * M))).OrderDescending()];
        Assert.Equal(3, part.Rank);
        Assert.All(added.Zip(part.Strengths), pair => Assert.Equal(1, pair.Second / pair.First, 0.06));
        Assert.Equal(added.Sum(x => x * x) / lambda.Sum(), part.EnergyShare, 0.003);
        Assert.Equal(3.0 / M, part.TailWeight, 1e-15);
        Assert.Equal(lambda[^3..].Sum() / lambda.Sum(), part.TailEnergy, 1e-12);
        Assert.True(part.EnergyShare < part.TailEnergy);
        Assert.Equal((1, 1), (part.TailWeight + part.BulkWeight, part.TailEnergy + part.BulkEnergy));
    }

    /// <summary>A spike at (1 + t^2)(g + t^2) / t^2 beside a law of variance 1 and g = M / N is a signal of strength t.</summary>
    [Fact]
    public void The_strength_is_the_inverse_of_where_a_signal_is_seen()
    {
        const double Square = 2.2;
        var (n, m) = (N - 1.0, M - 1.0);
        var lambda = RandomSpectra.Quantiles(N, M, n * (1 + Square) * ((m / n) + Square) / Square);
        var fit = BulkFit.Of(lambda, N).Fit!;
        Assert.Equal(1, SignalPart.Of(lambda, fit).Strengths[0] / Math.Sqrt(n * Square), 1e-6);
    }

    [Fact]
    public void Noise_has_no_signal()
    {
        var lambda = RandomSpectra.Quantiles(N, M);
        var part = SignalPart.Of(lambda, BulkFit.Of(lambda, N).Fit!);
        Assert.Equal((0, 0.0, 1.0, 0.0, 0.0), (part.Rank, part.EnergyShare, part.SoftRank, part.TailWeight, part.TailEnergy));
        Assert.Empty(part.Strengths);
    }
}
