using Eigenscope.Forecasting;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Forecasting;

/// <summary>Noise, relaxation and signal of a movement.</summary>
public sealed class MotionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Pure diffusion over uneven stretches. The estimate is a mean over 5 differences of 60 x 30 entries, neighbours correlated: its relative error is below sqrt(2 * 2 / (5 * 1800)) = 0.021.</summary>
    [Fact]
    public void Noise_is_found_over_stretches_of_any_length()
    {
        var layer = new DiffusingLayer(new DiffusingLayerOptions { Diffusion = 3e-5 }, 1);
        List<TimedWeights> history = [.. ((long[])[5, 12, 3, 20, 9, 14, 8]).Select(layer.After)];
        var noise = NoiseEstimate.Of(history, 0, Cancellation)!;
        Assert.Equal(6, noise.Blocks);
        Assert.Equal(1, noise.Variance / 3e-5, 5 * 0.021);
    }

    /// <summary>A common drift, even one far above the noise, changes nothing.</summary>
    [Fact]
    public void A_steady_drift_is_not_noise()
    {
        var layer = new DiffusingLayer(new DiffusingLayerOptions { Diffusion = 1e-8 }, 2);
        var drift = Layers.Normal(60, 30, 3, 0.1);
        List<TimedWeights> history = [.. ((long[])[5, 12, 3, 20, 9]).Select(layer.After).Select(checkpoint => checkpoint with { Weights = Layers.Sum(1, checkpoint.Weights, checkpoint.Step, drift) })];
        Assert.Equal(1, NoiseEstimate.Of(history, 0, Cancellation)!.Variance / 1e-8, 0.2);
    }

    /// <summary>Momentum asks for long stretches: at mu = 0.9 a hundred steps.</summary>
    [Fact]
    public void With_momentum_checkpoints_that_lie_close_are_passed_over()
    {
        var layer = new DiffusingLayer(new DiffusingLayerOptions(), 4);
        List<TimedWeights> history = [.. Enumerable.Range(0, 13).Select(_ => layer.After(30))];
        Assert.Equal(12, NoiseEstimate.Of(history, 0, Cancellation)!.Blocks);
        Assert.Equal(3, NoiseEstimate.Of(history, 0.9, Cancellation)!.Blocks);
        Assert.Null(NoiseEstimate.Of([.. history.Take(3)], 0.9, Cancellation));
    }

    /// <summary>Against phi^w for equal windows, and for unequal ones against the two sums that the definition is made of.</summary>
    [Theory]
    [InlineData(0.99, 20, 20)]
    [InlineData(0.999, 7, 31)]
    [InlineData(0.5, 12, 3)]
    [InlineData(0.9999999, 5, 5)]
    public void Relaxation_is_the_root_of_its_equation(double phi, int first, int second)
    {
        double d1 = Enumerable.Range(0, first).Sum(i => Math.Pow(phi, i)), d2 = Enumerable.Range(first, second).Sum(i => Math.Pow(phi, i));
        var found = Relaxation.Of(d1 * d2, d1 * d1, 1, 0, first, second);
        Assert.Equal(Math.Log(phi), Math.Log(found.Factor), 1e-6 * Math.Abs(Math.Log(phi)) + 1e-9);
        Assert.Equal(Enumerable.Range(first + second, 9).Sum(i => Math.Pow(phi, i)) / d2, found.Continuation(second, 9), 1e-6);
    }

    [Fact]
    public void Movements_that_speed_up_are_continued_evenly_and_those_without_a_direction_not_at_all()
    {
        var faster = Relaxation.Of(product: 6, square: 4, entries: 1, noise: 0, first: 10, second: 10);
        Assert.Equal((1.0, 0.5), (faster.Factor, faster.Continuation(10, 5)));
        var none = Relaxation.Of(product: 0.5, square: 100, entries: 100, noise: 0.1, first: 10, second: 10);
        Assert.False(none.IsMoving);
        Assert.Equal(0, none.Continuation(10, 5));
        Assert.Equal(0.5, none.Spread(0.1, 5), 1e-15);
    }

    /// <summary>The standard error of phi: over 200 layers pulled to zero, the root mean square of the error of ln phi in its units is 1 within the spread of 200 squares, 1 +- 5 * 0.05.</summary>
    [Fact]
    public void The_error_of_relaxation_is_as_stated()
    {
        const int Draws = 200;
        var options = new DiffusingLayerOptions { N = 30, M = 20, Signals = [24, 18, 12], Diffusion = 1e-5, Pull = 0.01, IsStationary = true };
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var layer = new DiffusingLayer(options, 900 + draw);
            List<TimedWeights> history = [.. Enumerable.Range(0, 9).Select(_ => layer.After(10))];
            var found = Motion.Of(history, new ForecastOptions(), null, Cancellation).Estimate.Relaxation;
            sum += Math.Pow((Math.Log(found.Factor) + 0.01) / ((Math.Log(found.High) - Math.Log(found.Low)) / 2), 2);
        }

        Assert.InRange(Math.Sqrt(sum / Draws), 0.75, 1.25);
    }

    /// <summary>Strong directions in noise keep the strength that the formula of the Frobenius shrinker gives, weak ones go; the error falls below that of the matrix as it is.</summary>
    [Fact]
    public void A_movement_is_rid_of_its_noise()
    {
        var signal = Layers.LowRank(120, 60, [5, 3, 2], 20);
        var noisy = Layers.Sum(1, signal, 1, Layers.Normal(120, 60, 22, 0.05));
        var clean = DenoisedMatrix.Of(noisy, 0.05, 1, Cancellation);
        Assert.Equal(3, clean.Rank);
        double before = Entries.SquaredNorm(new WeightedSum(1, noisy, -1, signal), Cancellation), after = Entries.SquaredNorm(new WeightedSum(1, clean.Matrix!, -1, signal), Cancellation);
        Assert.True(after < before / 8, $"{before} to {after}");
        var scale = 0.05 * Math.Sqrt(120);
        Assert.Equal(scale * new SignalShrinkage(0.5).Frobenius(clean.Observed[0] / scale), clean.Strengths[0], 1e-12);
    }

    /// <summary>Noise of unknown strength from the median singular value: within 5 % for 60 of them, of which 3 are signals.</summary>
    [Fact]
    public void Noise_of_unknown_strength_is_read_from_the_median()
    {
        var noisy = Layers.Sum(1, Layers.LowRank(120, 60, [5, 3, 2], 20), 1, Layers.Normal(120, 60, 22, 0.05));
        Assert.Equal(1, DenoisedMatrix.Of(noisy, null, 1, Cancellation).Noise / 0.05, 0.05);
    }

    [Fact]
    public void Noise_alone_leaves_nothing() => Assert.Null(DenoisedMatrix.Of(Layers.Normal(120, 60, 23), 1.1, 1, Cancellation).Matrix);
}
