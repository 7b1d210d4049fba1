using System.Globalization;
using Eigenscope.Dynamics;

namespace Eigenscope.Forecasting;

/// <summary>Applies the rules to a forecast.</summary>
internal sealed class TrustJudge(OpenLoop loop, RollingBacktest rolling, Backtest? later, GradientStatistics? gradients, ForecastOptions options)
{
    private const double LeastAlignment = 0.9;
    private const double MostCrossing = 0.5;
    private const double MostMovement = 0.3;

    private readonly MultiplicativeNoise? noise = gradients is null or { Modes.Count: 0 }
        ? null
        : MultiplicativeNoise.Of([.. gradients.Modes.Select(mode => mode.Eigenvalue)], [.. gradients.Modes.Select(mode => mode.Variance)]).Fit;
    private readonly int modes = Math.Min(options.Modes, loop.Now.Count);

    /// <summary>The trusted horizon of points in ascending order.</summary>
    public TrustedHorizon Of(IReadOnlyList<ForecastPoint> points, IReadOnlyList<KnownSpectrum> predicted)
    {
        List<StopCheck> shared = [.. HeavyTail(0, loop.Now)];
        for (var i = 0; i < points.Count; i++)
        {
            var h = points[i].Horizon;
            shared.AddRange([Skill(points[i]), .. HeavyTail(h, predicted[i]), Movement(points[i].Method, h)]);
        }

        var ofModes = Enumerable.Range(0, modes)
            .Select(k => points.SelectMany((point, i) => (StopCheck[])[Alignment(point, k), Crossing(point, predicted[i], k)]).ToList()).ToList();
        var first = FirstStop([.. shared, .. ofModes[0]]);
        return new(
            Before(points, first),
            first,
            [.. ofModes.Select(checks => Before(points, FirstStop([.. shared, .. checks])))],
            [.. shared.Concat(ofModes[0]).OrderBy(check => check.Horizon).ThenBy(check => check.Rule)]);
    }

    private static StopCheck? FirstStop(IEnumerable<StopCheck> checks) => checks.Where(check => check.Stops).OrderBy(check => check.Horizon).ThenBy(check => check.Rule).FirstOrDefault();

    private static long Before(IReadOnlyList<ForecastPoint> points, StopCheck? stop) =>
        points.Select(point => point.Horizon).Where(horizon => stop is null || horizon < stop.Horizon).DefaultIfEmpty(0).Max();

    /// <summary>At the first later checkpoint from this horizon on; else the worst of forecasts as long inside the history.</summary>
    private StopCheck Alignment(ForecastPoint point, int k)
    {
        var row = later?.Rows.FirstOrDefault(candidate => candidate.Horizon >= point.Horizon);
        var inside = row is null ? rolling.Near(point.Horizon) : [];
        var found = row is not null ? row.Errors[(int)point.Method].Alignment[k]
            : inside.Count > 0 ? inside.Min(forecast => forecast.Errors[(int)point.Method].Alignment[k])
            : double.NaN;
        var where = row is not null ? $"at step {row.Step}" : "inside the history";
        var reason = double.IsNaN(found) ? "no checkpoint shows the vectors" : $"the vectors of mode {k + 1} agree to {Number(found)} {where}";
        return new(TrustRule.Alignment, point.Horizon, found, LeastAlignment, found < LeastAlignment, reason);
    }

    private StopCheck Crossing(ForecastPoint point, KnownSpectrum predicted, int k)
    {
        var sigma = loop.Now.SingularValues;
        if (k + 1 >= sigma.Count)
        {
            return new(TrustRule.Crossing, point.Horizon, 0, MostCrossing, Stops: false, "there is no next singular value");
        }

        var gap = sigma[k] - sigma[k + 1];
        var move = Math.Max(Math.Abs(predicted.SingularValues[k] - sigma[k]), Math.Sqrt(loop.Motion.Spread(point.Horizon)));
        var index = move == 0 ? 0 : move / gap;
        return new(TrustRule.Crossing, point.Horizon, index, MostCrossing, index > MostCrossing, $"sigma_{k + 1} moves by {Number(index)} of its distance to sigma_{k + 2}");
    }

    private StopCheck Skill(ForecastPoint point)
    {
        var choice = point.Choice;
        var (skill, method) = (choice?.Skill, point.Method.Text());
        var reason = choice is null ? $"no forecast could be tried inside a history of less than {RollingBacktest.LeastHistory + 1} checkpoints"
            : choice.Forecasts == 0 ? $"no horizon beyond {rolling.LongestHorizon} steps was tried inside the history"
            : skill is null ? "the last value was exact inside the history"
            : $"the skill of {method} over the last value was {Number(skill.Value)} inside the history";
        return new(TrustRule.Skill, point.Horizon, skill ?? double.NaN, 0, choice is null || choice.Forecasts == 0 || skill < 0 || (skill is null && choice.Error > 0), reason);
    }

    private IEnumerable<StopCheck> HeavyTail(long horizon, KnownSpectrum spectrum)
    {
        double[] ascending = [.. spectrum.SingularValues.Reverse().Select(sigma => sigma * sigma)];
        var onset = HeavyTailOnset.Of(ascending, Math.Max(loop.Motion.Raw.Rows, loop.Motion.Raw.Columns), noise);
        yield return new(TrustRule.HeavyTail, horizon, onset.BulkDistance, 1, onset.HasBegun, onset.Reason);
    }

    private StopCheck Movement(ForecastMethod method, long horizon)
    {
        var estimate = loop.Motion.Estimate;
        var drift = Drift(method, horizon);
        var noiseSquared = loop.Motion.Spread(horizon) * loop.Motion.Raw.Rows * loop.Motion.Raw.Columns;
        var share = drift + noiseSquared == 0 ? 0 : Math.Sqrt((drift + noiseSquared) / loop.Motion.SquaredNorm);
        return new(TrustRule.Movement, horizon, share, MostMovement, share > MostMovement, $"the weights move by {Number(100 * share)} % of their norm, {Number(100 * estimate.RelativeMovement)} % in the last window");
    }

    private double Drift(ForecastMethod method, long horizon) => method == ForecastMethod.MatrixLinear
        ? loop.Motion.SquaredMovement * Math.Pow((double)horizon / loop.Motion.Estimate.Window, 2)
        : loop.Motion.SquaredDrift * Math.Pow(loop.Motion.Continuation(horizon), 2);

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
