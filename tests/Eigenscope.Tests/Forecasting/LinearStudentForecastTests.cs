using System.Text.Json;
using Eigenscope.Forecasting;
using Eigenscope.Tests.Statistics;
using Xunit;

namespace Eigenscope.Tests.Forecasting;

/// <summary>Forecasts of a training with all that makes them hard: noise, signals of several speeds, and a drift that dies away.</summary>
public sealed class LinearStudentForecastTests
{
    private const int Trainings = 2;
    private static readonly long[] Horizons = [30, 60, 120];

    private static readonly Lazy<IReadOnlyList<OpenLoopRow>> Rows = new(() => ForecastCalibration.OpenLoop([60, 120, 240], Horizons, Trainings, 501, CancellationToken.None));

    /// <summary>Early, movement that is forecast as a matrix beats both baselines, in the mean and far ahead: in the reference by a factor of 1.1 to 2.4.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public void Early_the_matrix_forecast_beats_the_last_value_and_early_on_sigma_linear(long origin)
    {
        foreach (var horizon in Horizons)
        {
            var matrix = Error(ForecastMethod.MatrixRelaxed, origin, horizon);
            Assert.True(matrix < Error(ForecastMethod.Persistence, origin, horizon) / 1.5, $"t0 = {origin}, h = {horizon}: {matrix}");

            // At t0 = 120 the two are level in this training (docs/forecast.md), so only a clear loss would be one.
            Assert.True(matrix < Error(ForecastMethod.SigmaLinear, origin, horizon) * (origin == 60 ? 1 : 1.25), $"t0 = {origin}, h = {horizon}: {matrix}");
        }
    }

    [Fact]
    public void Late_trends_of_singular_values_win_and_the_backtest_inside_the_history_finds_them()
    {
        foreach (var horizon in Horizons)
        {
            var linear = Error(ForecastMethod.SigmaLinear, 240, horizon);
            Assert.True(linear < Error(ForecastMethod.MatrixRelaxed, 240, horizon));
            Assert.True(linear < Error(ForecastMethod.Persistence, 240, horizon) / 2);
            var chosen = Rows.Value.Single(row => row.Method is null && row.Origin == 240 && row.Horizon == horizon).Mean;
            Assert.True(chosen < Error(ForecastMethod.MatrixRelaxed, 240, horizon), $"h = {horizon}: chosen {chosen}");
        }
    }

    /// <summary>
    /// The setting of the reference leaves input variances, strengths and label noise open, so its numbers cannot come back; what it says of methods must: errors of the matrix forecast within a
    /// factor of two of its own, and the same winner at its first and last origin.
    /// </summary>
    [Fact]
    public void The_reference_experiment_says_the_same_of_the_methods()
    {
        var reference = TheoryReference.Of("forecast_demo").GetProperty("open_loop").EnumerateArray().ToList();
        foreach (var (origin, horizon) in from origin in (long[])[60, 240] from horizon in Horizons select (origin, horizon))
        {
            var matrix = Reference(reference, origin, horizon, "matrix_relax_denoised");
            Assert.InRange(Error(ForecastMethod.MatrixRelaxed, origin, horizon) / matrix, 0.5, 2);
            Assert.Equal(
                matrix < Reference(reference, origin, horizon, "sigma_linear"),
                Error(ForecastMethod.MatrixRelaxed, origin, horizon) < Error(ForecastMethod.SigmaLinear, origin, horizon));
        }
    }

    /// <summary>The sentence names the winner of the table beside it, and bands, errors and skills belong together.</summary>
    [Fact]
    public void The_backtest_says_in_words_which_method_won()
    {
        var forecast = OpenLoopCalibration.Forecast(240, Horizons, 501, TestContext.Current.CancellationToken);
        var backtest = forecast.Backtest!;
        Assert.Contains(backtest.Best.Method.Text(), backtest.Sentence, StringComparison.Ordinal);
        Assert.Equal(backtest.Scores.Min(score => score.Error), backtest.Best.Error);
        foreach (var row in backtest.Rows)
        {
            var point = forecast.Points.Single(candidate => candidate.Horizon == row.Horizon);
            Assert.Equal(point.Method, row.Chosen);
            Assert.Equal(1 - (row.Error.Rms / row.Errors[0].Rms), row.SkillOverPersistence!.Value, 1e-12);
            Assert.All(row.Error.Alignment, alignment => Assert.InRange(alignment, 0, 1));
            Assert.InRange(row.Error.KolmogorovSmirnov, 0, 1);
        }
    }

    private static double Error(ForecastMethod method, long origin, long horizon) => Rows.Value.Single(row => row.Method == method && row.Origin == origin && row.Horizon == horizon).Mean;

    private static double Reference(List<JsonElement> rows, long origin, long horizon, string name) =>
        rows.Where(row => row.GetProperty("t0").GetInt64() == origin && row.GetProperty("h").GetInt64() == horizon).Average(row => row.GetProperty("err").Number(name));
}
