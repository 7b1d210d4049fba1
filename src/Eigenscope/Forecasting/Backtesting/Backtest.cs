using System.Globalization;

namespace Eigenscope.Forecasting;

/// <summary>A forecast held against a checkpoint that came later.</summary>
/// <param name="Step">The step of the checkpoint.</param>
/// <param name="Horizon">Steps ahead of the origin.</param>
/// <param name="Chosen">The method of the forecast.</param>
/// <param name="Errors">The error of every method, in the order of <see cref="ForecastMethod"/>.</param>
/// <param name="Inside">How many of the leading singular values lay in their bands.</param>
/// <param name="Modes">How many leading singular values there are.</param>
public sealed record BacktestRow(long Step, long Horizon, ForecastMethod Chosen, IReadOnlyList<ForecastError> Errors, int Inside, int Modes)
{
    /// <summary>The error of the chosen method.</summary>
    public ForecastError Error => Errors[(int)Chosen];

    /// <summary>1 - error / error of the last value; null where that is exact.</summary>
    public double? SkillOverPersistence => ForecastError.Skill(Error.Rms, Errors[(int)ForecastMethod.Persistence].Rms);

    /// <summary>1 - error / error of sigma-linear; null where that is exact.</summary>
    public double? SkillOverSigmaLinear => ForecastError.Skill(Error.Rms, Errors[(int)ForecastMethod.SigmaLinear].Rms);
}

/// <summary>One method over all later checkpoints.</summary>
/// <param name="Method">The method.</param>
/// <param name="Error">The root of the mean square of its errors over the checkpoints.</param>
/// <param name="Beyond5">The first horizon in steps at which its error exceeds 5 %; null where it does not.</param>
/// <param name="Beyond10">The first horizon at which its error exceeds 10 %; null where it does not.</param>
public sealed record MethodScore(ForecastMethod Method, double Error, long? Beyond5, long? Beyond10);

/// <summary>A forecast held against all checkpoints that came later.</summary>
/// <param name="Rows">One for each, ascending.</param>
/// <param name="Scores">Every method, in the order of <see cref="ForecastMethod"/>.</param>
/// <param name="Chosen">The forecast as it was made, with the method of each horizon.</param>
public sealed record Backtest(IReadOnlyList<BacktestRow> Rows, IReadOnlyList<MethodScore> Scores, MethodScore Chosen)
{
    private const double Five = 0.05;
    private const double Ten = 0.10;

    /// <summary>Errors within this factor of each other are called equal.</summary>
    private const double Same = 1.02;

    /// <summary>The share of leading singular values that lay in their bands, over all checkpoints, 0 to 1.</summary>
    public double Coverage => Rows.Sum(row => row.Inside) / (double)Rows.Sum(row => row.Modes);

    /// <summary>The method of least error; of equal ones the plainest.</summary>
    public MethodScore Best => Scores.MinBy(score => score.Error)!;

    /// <summary>Which method was right, the baselines among them.</summary>
    public string Sentence
    {
        get
        {
            var persistence = Scores[(int)ForecastMethod.Persistence];
            var range = Rows.Count == 1 ? $"{Rows[0].Horizon} steps ahead" : $"{Rows[0].Horizon} to {Rows[^1].Horizon} steps ahead";
            var best = Best.Method == ForecastMethod.Persistence
                ? $"{range} no forecast is better than the last value, which is off by {Percent(persistence.Error)}"
                : $"{range} {Best.Method.Text()} is nearest, off by {Percent(Best.Error)}; the last value is off by {Percent(persistence.Error)}{BesideLinear}";
            return Chosen.Error <= Same * Best.Error ? $"{best}; the forecast was as near." : $"{best}; the forecast as chosen was off by {Percent(Chosen.Error)}.";
        }
    }

    private string BesideLinear => Best.Method == ForecastMethod.SigmaLinear ? "" : $", sigma-linear by {Percent(Scores[(int)ForecastMethod.SigmaLinear].Error)}";

    /// <summary>From its rows.</summary>
    internal static Backtest Of(IReadOnlyList<BacktestRow> rows) => new(
        rows,
        [.. ForecastMethods.All.Select(method => Score(method, rows, row => row.Errors[(int)method].Rms))],
        Score(rows[0].Chosen, rows, row => row.Error.Rms));

    private static MethodScore Score(ForecastMethod method, IReadOnlyList<BacktestRow> rows, Func<BacktestRow, double> error) => new(
        method,
        Math.Sqrt(rows.Average(row => Math.Pow(error(row), 2))),
        rows.FirstOrDefault(row => error(row) > Five)?.Horizon,
        rows.FirstOrDefault(row => error(row) > Ten)?.Horizon);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:G3} %");
}
