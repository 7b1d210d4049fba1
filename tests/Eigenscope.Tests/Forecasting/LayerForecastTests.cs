using Eigenscope.Forecasting;
using Eigenscope.LinearAlgebra;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Forecasting;

/// <summary>What a forecast must be on histories whose future is known exactly.</summary>
public sealed class LayerForecastTests
{
    /// <summary>sigma from the Gram matrix: 8 eps sqrt(M) lambda_max, halved by the root, for sigma within a factor of 10 of the largest; and as much again from the sum that makes the matrix.</summary>
    private const double Rounding = 1e-12;

    private static readonly long[] Steps = [0, 10, 20, 30, 40];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_motion_every_method_is_the_last_value_to_the_bit()
    {
        var w = Layers.Normal(40, 20, 1);
        var forecast = LayerForecast.Of([.. Steps.Select(step => new TimedWeights(step, w))], new ForecastOptions { Horizons = [5, 500] }, cancellation: Cancellation);
        Assert.All(forecast.Points, point => Assert.All(point.ByMethod, sigma => Assert.Equal(forecast.SingularValues, sigma)));
        Assert.All(forecast.Points, point => Assert.All(point.Bands.Zip(point.SingularValues), pair => Assert.True(pair.First.Low == pair.Second && pair.First.High == pair.Second)));
        Assert.All(forecast.Points, point => Assert.Equal(ForecastMethod.Persistence, point.Method));
        Assert.Equal(0, forecast.Motion.Diffusion);
        Assert.False(forecast.Motion.Relaxation.IsMoving);
    }

    /// <summary>Steps lie unevenly; what the drift adds is of full rank.</summary>
    [Fact]
    public void A_linear_drift_of_the_matrix_is_continued_exactly()
    {
        DenseMatrix start = Layers.Normal(40, 20, 2), drift = Layers.Normal(40, 20, 3, 0.01);
        var history = Layers.Drift(start, drift, 0, 7, 20, 26, 40);
        var forecast = LayerForecast.Of(history, new ForecastOptions { Horizons = [10, 60] }, cancellation: Cancellation);
        foreach (var point in forecast.Points)
        {
            var actual = Layers.Sigma(Layers.Sum(1, start, 40 + point.Horizon, drift));
            foreach (var method in (ForecastMethod[])[ForecastMethod.MatrixLinear, ForecastMethod.MatrixRelaxed])
            {
                // The speed of a full-rank movement is measured to eps |W| / w, and the noise, that of rounding, shrinks it by no more.
                Assert.All(point.By(method).Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 100 * Rounding * actual[0]));
            }

            Assert.True(point.Method.IsOfMatrix());
        }

        Assert.Equal(1, forecast.Motion.Relaxation.Factor);
        Assert.InRange(forecast.Motion.Diffusion, 0, 1e-28);
    }

    /// <summary>Singular values that grow evenly, their vectors staying: then sigma-linear is exact too, and being plainer it is chosen.</summary>
    [Fact]
    public void Of_methods_that_are_equally_exact_the_plainest_is_not_beaten_by_more_than_rounding()
    {
        var drift = Layers.LowRank(30, 16, [0.03, 0.02, 0.01], 4);
        var start = Layers.Sum(100, drift, 0, drift);
        var forecast = LayerForecast.Of(Layers.Drift(start, drift, Steps), new ForecastOptions { Horizons = [20], Modes = 3 }, cancellation: Cancellation);
        var actual = Layers.Sigma(Layers.Sum(1, start, 60, drift));
        Assert.All(forecast.Points[0].By(ForecastMethod.SigmaLinear).Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 100 * Rounding));
        Assert.All(forecast.Points[0].SingularValues.Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 100 * Rounding));
    }

    /// <summary>W(t) = W* + phi^t D without noise is what the relaxed method takes a training to be: phi comes back, and the forecast is exact, for uneven steps as well.</summary>
    [Fact]
    public void A_relaxing_drift_is_continued_exactly()
    {
        const double Phi = 0.98;
        DenseMatrix end = Layers.Normal(40, 20, 5), drift = Layers.LowRank(40, 20, [8, 5, 3], 6);
        List<TimedWeights> history = [.. ((long[])[0, 13, 20, 29, 40]).Select(step => At(step))];
        var forecast = LayerForecast.Of(history, new ForecastOptions { Horizons = [15, 100], Method = ForecastMethod.MatrixRelaxed, Modes = 4 }, GradientsWithoutNoise(history[^1]), cancellation: Cancellation);
        Assert.Equal(Phi, forecast.Motion.Relaxation.Factor, 1e-10);
        Assert.All(forecast.Points, point => Assert.All(point.SingularValues.Zip(Layers.Sigma(At(40 + point.Horizon).Weights)), pair => Assert.Equal(pair.Second, pair.First, 1e-8)));

        TimedWeights At(long step) => new(step, Layers.Sum(1, end, -Math.Pow(Phi, step), drift));
    }

    /// <summary>With two checkpoints phi cannot be had and no backtest made: the last value stands, nothing is trusted, and both say why.</summary>
    [Fact]
    public void Two_checkpoints_give_a_linear_forecast_beside_the_last_value_and_no_trust()
    {
        DenseMatrix start = Layers.Normal(40, 20, 7), drift = Layers.LowRank(40, 20, [0.2, 0.1], 8);
        var forecast = LayerForecast.Of(Layers.Drift(start, drift, 0, 10), new ForecastOptions { Horizons = [10] }, cancellation: Cancellation);
        Assert.Equal(1, forecast.Motion.Relaxation.Factor);
        Assert.Contains("two checkpoints", forecast.Motion.Relaxation.Basis, StringComparison.Ordinal);
        Assert.Equal(ForecastMethod.Persistence, forecast.Points[0].Method);
        Assert.True(forecast.Trust.IsNone);
        Assert.Contains(forecast.Trust.Checks, check => check is { Rule: TrustRule.Skill, Stops: true } && check.Reason.Contains("4 checkpoints", StringComparison.Ordinal));
        var actual = Layers.Sigma(Layers.Sum(1, start, 20, drift));
        Assert.All(forecast.Points[0].By(ForecastMethod.MatrixRelaxed).Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 100 * Rounding * actual[0]));
    }

    [Fact]
    public void Matrices_of_zeros_are_forecast_to_stay_so()
    {
        var zero = new DenseMatrix(12, 12, new double[144]);
        var forecast = LayerForecast.Of([.. Steps.Select(step => new TimedWeights(step, zero))], new ForecastOptions { Horizons = [10] }, later: [new(50, zero)], cancellation: Cancellation);
        Assert.All(forecast.Points[0].ByMethod, sigma => Assert.All(sigma, value => Assert.Equal(0, value)));
        Assert.Equal(0, forecast.Backtest!.Best.Error);
    }

    /// <summary>A wide layer, its transpose, and it with rows and columns in another order and rotated have one spectrum, now and later.</summary>
    [Fact]
    public void A_forecast_does_not_depend_on_the_basis_nor_on_which_side_is_longer()
    {
        var student = new LinearStudent(new LinearStudentOptions { N = 40, M = 20, Rank = 3 }, 9);
        var history = student.Train(80, 10);
        var options = new ForecastOptions { Horizons = [20, 60], Bands = BandRoute.FirstOrder };
        var expected = LayerForecast.Of(history, options, cancellation: Cancellation);
        var rotation = Entries.Columns(Orthonormal.Of(Entries.Vectors(Layers.Normal(20, 20, 10))));
        int[] order = [.. Enumerable.Range(0, 40).Reverse()];
        foreach (var change in (Func<IMatrix, IMatrix>[])[w => new TransposedMatrix(w), w => MatrixProduct.Of(w, rotation), w => Shuffled(w, order)])
        {
            var found = LayerForecast.Of([.. history.Select(checkpoint => checkpoint with { Weights = change(checkpoint.Weights) })], options, cancellation: Cancellation);
            Assert.Equal(expected.Points.Select(point => point.Method), found.Points.Select(point => point.Method));
            Assert.Equal(expected.Motion.Rank, found.Motion.Rank);
            foreach (var (a, b) in expected.Points.Zip(found.Points))
            {
                // Rounding of other sums, and of a speed times h / w = 1.5.
                Assert.All(a.ByMethod.SelectMany(sigma => sigma).Zip(b.ByMethod.SelectMany(sigma => sigma)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
                Assert.All(a.Bands.Zip(b.Bands), pair => Assert.Equal(pair.First.High, pair.Second.High, 1e-8));
            }
        }

        static DenseMatrix Shuffled(IMatrix w, int[] order)
        {
            var values = Entries.Of(w);
            return new(w.Rows, w.Columns, [.. order.SelectMany(row => values[(row * w.Columns)..((row + 1) * w.Columns)])]);
        }
    }

    /// <summary>A power of two goes through every step without rounding; any other factor to rounding.</summary>
    [Fact]
    public void A_forecast_scales_with_the_weights() => Property.Holds(
        from exponent in Gen.Choose(-20, 20) from seed in Gen.Choose(1, 1000) select (Factor: Math.ScaleB(1, exponent), Seed: seed),
        6,
        item =>
        {
            var history = new LinearStudent(new LinearStudentOptions { N = 30, M = 12, Rank = 2 }, item.Seed).Train(60, 10);
            List<TimedWeights> scaled = [.. history.Select(checkpoint => checkpoint with { Weights = Layers.Sum(item.Factor, checkpoint.Weights, 0, checkpoint.Weights) })];
            var options = new ForecastOptions { Horizons = [30], Modes = 4, Bands = BandRoute.FirstOrder };
            LayerForecast a = LayerForecast.Of(history, options), b = LayerForecast.Of(scaled, options);
            Assert.Equal(a.Points[0].Method, b.Points[0].Method);
            Assert.All(a.Points[0].SingularValues.Zip(b.Points[0].SingularValues), pair => Assert.Equal(1, pair.Second / pair.First / item.Factor, 1e-12));
            Assert.Equal(a.Trust.Steps, b.Trust.Steps);
        });

    [Fact]
    public void The_same_seed_gives_the_same_numbers_on_any_number_of_threads()
    {
        var history = new LinearStudent(new LinearStudentOptions { N = 40, M = 20, Rank = 3 }, 11).Train(60, 10);
        var options = new ForecastOptions { Horizons = [20], Bands = BandRoute.Draws, Draws = 20, Seed = 3 };
        LayerForecast one = LayerForecast.Of(history, options, cancellation: Cancellation), two = LayerForecast.Of(history, options with { Threads = 2 }, cancellation: Cancellation);
        Assert.Equal(one.Points[0].SingularValues, two.Points[0].SingularValues);
        Assert.Equal(one.Points[0].Bands, two.Points[0].Bands);
    }

    /// <summary>The mean gradient of a quadratic loss is the drift: W' = W - eta / (1 - mu) (G + w W) a step.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0.1)]
    public void A_gradient_without_noise_is_the_drift(double momentum, double decay)
    {
        DenseMatrix w = Layers.Normal(30, 12, 12), gradient = Layers.Normal(30, 12, 13);
        var statistics = new GradientStatistics(gradient, 1, 0, 1e-3) { Momentum = momentum, WeightDecay = decay };
        var options = new ForecastOptions { Horizons = [10], Method = ForecastMethod.MatrixRelaxed, Drift = DriftSource.Gradient };
        var forecast = LayerForecast.Of([new(0, Layers.Normal(30, 12, 14)), new(10, w)], options, statistics, cancellation: Cancellation);
        var speed = 10 * 1e-3 / (1 - momentum);
        var actual = Layers.Sigma(Layers.Sum(1 - (speed * decay), w, -speed, gradient));
        Assert.All(forecast.Points[0].SingularValues.Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 100 * Rounding * actual[0]));
        Assert.Equal(DriftSource.Gradient, forecast.Motion.Drift);
    }

    [Fact]
    public void What_cannot_be_forecast_is_refused_with_the_reason()
    {
        var w = Layers.Normal(12, 10, 15);
        Assert.Contains("at least two", Refused([new(0, w)]).Message, StringComparison.Ordinal);
        Assert.Contains("does not come after", Refused([new(5, w), new(5, w)]).Message, StringComparison.Ordinal);
        Assert.Contains("10 x 12", Refused([new(0, w), new(1, new TransposedMatrix(w))]).Message, StringComparison.Ordinal);

        static ArgumentException Refused(IReadOnlyList<TimedWeights> history) => Assert.Throws<ArgumentException>(() => LayerForecast.Of(history, new ForecastOptions()));
    }

    /// <summary>Where the noise is known to be none, the change of a relaxing drift is not taken for noise.</summary>
    private static GradientStatistics GradientsWithoutNoise(TimedWeights last) => new(new DenseMatrix(last.Weights.Rows, last.Weights.Columns, new double[last.Weights.Rows * last.Weights.Columns]), 1, 0, 1e-3);
}
