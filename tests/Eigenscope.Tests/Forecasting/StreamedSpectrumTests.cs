using Eigenscope.Forecasting;
using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Forecasting;

/// <summary>Spectra that follow gradients.</summary>
public sealed class StreamedSpectrumTests
{
    private const double Epsilon = 2.220446049250313e-16;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With k = M each step is exact but for rounding of M eps |W|, and steps add up. Momentum and weight decay of both kinds are the optimizer's.</summary>
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0.9, 0, false)]
    [InlineData(0, 0.1, false)]
    [InlineData(0.9, 0.1, false)]
    [InlineData(0.9, 0.1, true)]
    public void All_modes_follow_exactly(double momentum, double decay, bool decoupled)
    {
        const int Steps = 60;
        double[] weights = Entries.Of(Layers.Normal(30, 12, 1)), velocity = new double[weights.Length];
        var streamed = new StreamedSpectrum(
            new(0, new DenseMatrix(30, 12, [.. weights])), new StreamedOptions { Modes = 12, Momentum = momentum, WeightDecay = decay, IsDecayDecoupled = decoupled }, Cancellation);
        for (var step = 1; step <= Steps; step++)
        {
            var gradient = Entries.Of(Layers.Normal(30, 12, 100 + (ulong)step));
            for (var i = 0; i < weights.Length; i++)
            {
                velocity[i] = (momentum * velocity[i]) + gradient[i] + (decoupled ? 0 : decay * weights[i]);
                weights[i] -= 0.05 * (velocity[i] + (decoupled ? decay * weights[i] : 0));
            }

            streamed.Apply(new(step, new DenseMatrix(30, 12, gradient), 0.05), Cancellation);
        }

        var actual = Layers.Sigma(new DenseMatrix(30, 12, weights));
        Assert.All(streamed.SingularValues.Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 10 * Steps * 12 * Epsilon * actual[0]));
    }

    /// <summary>A wide layer follows as its transpose does, its vectors on their own sides.</summary>
    [Fact]
    public void A_wide_layer_follows_as_a_tall_one()
    {
        var w = Layers.Normal(8, 20, 2);
        StreamedSpectrum wide = new(new(0, w), new StreamedOptions { Modes = 4 }, Cancellation), tall = new(new(0, new TransposedMatrix(w)), new StreamedOptions { Modes = 4 }, Cancellation);
        var gradient = Layers.Normal(8, 20, 3);
        wide.Apply(new(1, gradient, 0.1), Cancellation);
        tall.Apply(new(1, new TransposedMatrix(gradient), 0.1), Cancellation);
        Assert.Equal(tall.SingularValues, wide.SingularValues);
        Assert.Equal(8, wide.Left[0].Length);
        Assert.Equal(20, wide.Right[0].Length);
    }

    /// <summary>A change inside the tracked spaces and a rank of k: nothing is lost with k &lt; M either.</summary>
    [Fact]
    public void A_change_within_a_low_rank_is_followed_exactly()
    {
        var w = Layers.LowRank(40, 20, [3, 2, 1], 4);
        var streamed = new StreamedSpectrum(new(0, w), new StreamedOptions { Modes = 4 }, Cancellation);
        var change = Layers.LowRank(40, 20, [0.5], 6);
        streamed.Apply(new(1, change, 0.3), Cancellation);
        var actual = Layers.Sigma(Layers.Sum(1, w, -0.3, change));
        Assert.All(streamed.SingularValues.Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 100 * 20 * Epsilon * actual[0]));
    }

    /// <summary>First order in the change: halved steps leave a quarter of the error of sigma, and of the vectors; the published variant leaves half of that of the vectors.</summary>
    [Theory]
    [InlineData(StreamedMethod.FirstOrder, 4)]
    [InlineData(StreamedMethod.Published, 2)]
    public void Perturbation_is_right_to_its_order(StreamedMethod method, double expected)
    {
        DenseMatrix w = Layers.LowRank(9, 5, [5, 4, 3, 2, 1], 7), change = Layers.Normal(9, 5, 9);
        var ratio = ErrorOfVector(1e-3) / ErrorOfVector(5e-4);
        Assert.InRange(ratio, 0.9 * expected, 1.1 * expected);

        double ErrorOfVector(double rate)
        {
            var streamed = new StreamedSpectrum(new(0, w), new StreamedOptions { Modes = 5, Method = method }, Cancellation);
            streamed.Apply(new(1, change, rate), Cancellation);
            var exact = new StreamedSpectrum(new(0, Layers.Sum(1, w, -rate, change)), new StreamedOptions { Modes = 5 }, Cancellation);
            var sign = Math.Sign(Lanes.Dot(streamed.Left[1], exact.Left[1]));
            return Math.Sqrt(streamed.Left[1].Zip(exact.Left[1], (x, y) => Math.Pow(x - (sign * y), 2)).Sum());
        }
    }

    /// <summary>
    /// On a training whose signals grow out of a random part: while the tracked space still holds what counts, and again once all have lost directions. Between the two, where what is lost outweighs
    /// what is wrong, the variants cross (docs/forecast.md).
    /// </summary>
    [Fact]
    public void Brand_is_nearer_than_first_order_and_that_than_the_published_variant()
    {
        var rows = ForecastCalibration.Streamed([(StreamedMethod.Brand, 20), (StreamedMethod.FirstOrder, 20), (StreamedMethod.Published, 20), (StreamedMethod.Brand, 60)], [25, 160], 2, 31, Cancellation);
        foreach (var steps in (long[])[25, 160])
        {
            double Error(StreamedMethod method, int modes) => rows.Single(row => row.Method == method && row.Modes == modes && row.Steps == steps).Error;
            Assert.True(Error(StreamedMethod.Brand, 20) < Error(StreamedMethod.FirstOrder, 20));
            Assert.True(Error(StreamedMethod.FirstOrder, 20) < Error(StreamedMethod.Published, 20));
            Assert.InRange(Error(StreamedMethod.Brand, 60), 0, 10 * steps * 60 * Epsilon);
        }
    }

    [Fact]
    public void Steps_and_shapes_that_do_not_fit_are_refused()
    {
        var streamed = new StreamedSpectrum(new(3, Layers.Normal(6, 4, 10)), new StreamedOptions { Modes = 2 }, Cancellation);
        Assert.Throws<ArgumentException>(() => streamed.Apply(new(3, Layers.Normal(6, 4, 11), 0.1), Cancellation));
        Assert.Throws<ArgumentException>(() => streamed.Apply(new(4, Layers.Normal(4, 6, 11), 0.1), Cancellation));
        Assert.Throws<NonFiniteElementException>(() => streamed.Apply(new(4, new DenseMatrix(6, 4, [double.NaN, .. new double[23]]), 0.1), Cancellation));
    }
}
