using Eigenscope.Dynamics;
using Eigenscope.Forecasting;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Forecasting;

/// <summary>Each rule on a layer made to break it, and how often bands and the sign of heavy tails are right.</summary>
public sealed class TrustTests
{
    private static readonly long[] Steps = [0, 10, 20, 30, 40];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Two signals on vectors that stay, one falling through the other: sigma stays ordered, and the vectors change places.</summary>
    [Fact]
    public void A_crossing_ends_the_trust_in_its_modes()
    {
        DenseMatrix falling = Layers.LowRank(60, 30, [1], 1), steady = Layers.LowRank(60, 30, [4], 3);
        var rest = Layers.Normal(60, 30, 5, 0.01);
        var forecast = LayerForecast.Of([.. Steps.Select(At)], new ForecastOptions { Horizons = [5, 10, 20, 40], Modes = 2 }, later: [At(50), At(80)], cancellation: Cancellation);
        Assert.Contains(forecast.Trust.Checks, check => check is { Rule: TrustRule.Crossing, Horizon: 40, Stops: true, Number: > 0.5 });
        Assert.Contains(forecast.Trust.Checks, check => check is { Rule: TrustRule.Alignment, Horizon: 5, Stops: false, Number: > 0.9 });
        Assert.InRange(forecast.Trust.Steps, 0, 20);

        // At step 80 the falling signal, 2.4, lies below the steady one, 4.
        Assert.All(forecast.Backtest!.Rows[1].Errors[(int)ForecastMethod.Persistence].Alignment, alignment => Assert.True(alignment < 0.5));
        Assert.Contains(forecast.Trust.Checks, check => check is { Rule: TrustRule.Alignment, Horizon: 40 } && check.Number < 0.9 == check.Stops);

        TimedWeights At(long step) => new(step, Layers.Sum(1, Layers.Sum(8 - (0.07 * step), falling, 1, steady), 1, rest));
    }

    [Fact]
    public void A_movement_of_more_than_30_percent_ends_the_trust()
    {
        DenseMatrix start = Layers.Normal(60, 30, 6), drift = Layers.LowRank(60, 30, [0.2], 7);
        var forecast = LayerForecast.Of(Layers.Drift(start, drift, Steps), new ForecastOptions { Horizons = [10, 200] }, cancellation: Cancellation);
        Assert.Contains(forecast.Trust.Checks, check => check is { Rule: TrustRule.Movement, Horizon: 10, Stops: false });

        // |W(40)|^2 is about 1800 + 8^2, the movement 200 * 0.2 = 40: 93 %; the entries' chance makes it less certain than 5 %.
        var far = forecast.Trust.Checks.Single(check => check is { Rule: TrustRule.Movement, Horizon: 200 });
        Assert.True(far.Stops);
        Assert.Equal(40 / Math.Sqrt(1864), far.Number, 0.05);
    }

    [Fact]
    public void A_horizon_that_was_never_tried_is_not_trusted()
    {
        DenseMatrix start = Layers.Sum(1, Layers.Normal(60, 30, 6), 1, Layers.LowRank(60, 30, [22], 9)), drift = Layers.LowRank(60, 30, [0.01], 9);
        var forecast = LayerForecast.Of(Layers.Drift(start, drift, Steps), new ForecastOptions { Horizons = [10, 100] }, cancellation: Cancellation);
        Assert.Equal(10, forecast.Trust.Steps);
        Assert.Equal(TrustRule.Skill, forecast.Trust.EndedBy!.Rule);
        Assert.Contains("no horizon beyond 20 steps", forecast.Trust.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_was_worse_than_the_last_value_is_not_trusted()
    {
        var layer = new DiffusingLayer(new DiffusingLayerOptions { Signals = [6, 4, 3], Diffusion = 1e-5 }, 10);
        List<TimedWeights> history = [.. Enumerable.Range(0, 7).Select(_ => layer.After(10))];
        var forecast = LayerForecast.Of(history, new ForecastOptions { Horizons = [20], Method = ForecastMethod.MatrixLinear, Modes = 3 }, cancellation: Cancellation);
        Assert.True(forecast.Points[0].Choice!.Skill < 0);
        Assert.True(forecast.Trust.IsNone);
        Assert.StartsWith("Not trusted at all: ", forecast.Trust.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heavy_tail_at_the_origin_leaves_no_trust()
    {
        var heavy = TestMatrices.OfPhase(Phase.HeavyTailed, 300, 150, 11);
        var forecast = LayerForecast.Of([.. Steps.Select(step => new TimedWeights(step, heavy))], new ForecastOptions { Horizons = [10] }, cancellation: Cancellation);
        Assert.True(forecast.Trust.IsNone);
        Assert.Equal(TrustRule.HeavyTail, forecast.Trust.EndedBy!.Rule);
    }

    /// <summary>kappa^2 lambda_max against s^2, where the line is exact and where it cannot be told from none.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(0.5, false)]
    [InlineData(0, false)]
    public void Noise_that_grows_with_lambda_is_a_sign(double ratio, bool expected)
    {
        double[] lambda = [.. Layers.Sigma(TestMatrices.OfPhase(Phase.BulkSpikes, 300, 150, 12)).Reverse().Select(sigma => sigma * sigma)];
        double[] variances = [.. lambda.Select((x, k) => (1 + (ratio * x / lambda[^1])) * (k % 2 == 0 ? 1.02 : 0.98))];
        var onset = HeavyTailOnset.Of(lambda, 300, MultiplicativeNoise.Of(lambda, variances).Fit);
        Assert.Equal(expected, onset.HasBegun);
        Assert.Equal(onset.NoiseRatio > 1, onset.HasBegun);
    }

    /// <summary>
    /// Noise turns multiplicative after the forecast: its onset is seen before the forecast is off by 10 %, on seeds that no threshold was set on. The thresholds are those of the phases, which know nothing of this layer.
    /// By the noise along modes no layer may be missed; by the spectrum alone one of five may, and none is reported where nothing happens.
    /// </summary>
    [Fact]
    public void The_onset_of_a_heavy_tail_is_seen_before_the_forecast_fails()
    {
        const int Count = 5;
        var quiet = OnsetCalibration.Of([0], 2, 7001, spacing: 6, last: 24, Cancellation)[0];
        Assert.Equal(0, quiet.Failures);
        Assert.All(quiet.Draws, draw => Assert.Null(draw.ByNoise));
        var heavy = OnsetCalibration.Of([0.005], Count, 7101, spacing: 6, last: 30, Cancellation)[0];
        Assert.Equal(Count, heavy.Failures);
        Assert.Equal(Count, heavy.InTimeByNoise);
        Assert.True(heavy.InTimeBySpectrum >= Count - 1);
    }

    /// <summary>Bands of 90 %: of 40 layers x 3 signals, nearly independent, the share inside is 0.9 within 4.5 sqrt(0.9 * 0.1 / 120) = 0.12.</summary>
    [Fact]
    public void Bands_hold_nine_of_ten_outcomes_of_diffusion_and_of_a_pull_to_zero()
    {
        string[] kinds = ["diffusion, matrix-relaxed", "pulled to zero, strong signals, matrix-relaxed"];
        var rows = CoverageCalibration.Of([40], 40, 8001, draws: 50, kinds.Contains, Cancellation);
        Assert.Equal(2 * kinds.Length, rows.Count);
        Assert.All(rows, row => Assert.True(Math.Abs(row.Share - 0.9) < 4.5 * Math.Sqrt(0.09 / row.Count), $"{row.Name} {row.Route} {row.Horizon}: {row.Share}"));
    }
}
