using System.Globalization;
using Eigenscope.Forecasting;

namespace Eigenscope.Benchmarks.Calibration;

/// <summary>How good forecasts are on layers of known make, as the tables of docs/forecast.md. Nothing in them depends on the machine.</summary>
internal static class ForecastReport
{
    private const long Seed = 20260201;

    private static readonly long[] Origins = [60, 120, 240];
    private static readonly long[] Horizons = [10, 30, 60, 120, 240];
    private static readonly long[] Steps = [25, 50, 100, 200, 400, 600];
    private static readonly double[] Growths = [0, 0.002, 0.005, 0.01];
    private static readonly (StreamedMethod, int)[] Ways =
        [(StreamedMethod.Published, 20), (StreamedMethod.FirstOrder, 20), (StreamedMethod.Brand, 20), (StreamedMethod.Brand, 40), (StreamedMethod.Brand, 60)];

    /// <summary>Prints the tables; draws of 20 take about ten minutes.</summary>
    public static void Print(int draws)
    {
        PrintOpenLoop(ForecastCalibration.OpenLoop(Origins, Horizons, draws, Seed));
        PrintStreamed(ForecastCalibration.Streamed(Ways, Steps, Math.Max(1, draws / 4), Seed));
        PrintCoverage(ForecastCalibration.Coverage([10, 40, 80], 10 * draws, Seed));
        PrintStudents(draws);
        PrintOnset(ForecastCalibration.Onset(Growths, draws, Seed));
    }

    /// <summary>Prints how often bands hold what comes of trainings whose drift changes.</summary>
    public static void PrintStudents(int draws) => PrintCoverage(ForecastCalibration.StudentCoverage(Origins, [10, 60, 240], draws, Seed));

    private static void PrintOpenLoop(IReadOnlyList<OpenLoopRow> rows)
    {
        Line($"| t0 | h | {string.Join(" | ", ForecastMethods.All.Select(method => method.Text()))} | chosen |");
        Line($"|--:|--:|{string.Concat(ForecastMethods.All.Select(_ => "--:|"))}--:|");
        foreach (var group in rows.GroupBy(row => (row.Origin, row.Horizon)))
        {
            var best = group.Where(row => row.Method is not null).Min(row => row.Mean);
            Line($"| {group.Key.Origin} | {group.Key.Horizon} | {string.Join(" | ", group.Select(row => Cell(row, best)))} |");
        }
    }

    private static string Cell(OpenLoopRow row, double best)
    {
        var text = $"{Percent(row.Mean)} ({Percent(row.Least)}-{Percent(row.Most)})";
        return row.Method is not null && row.Mean <= best ? $"**{text}**" : text;
    }

    private static void PrintStreamed(IReadOnlyList<StreamedRow> rows)
    {
        Line($"\n| method | k | {string.Join(" | ", Steps)} |");
        Line($"|---|--:|{string.Concat(Steps.Select(_ => "--:|"))}");
        foreach (var group in rows.GroupBy(row => (row.Method, row.Modes)))
        {
            Line($"| {group.Key.Method} | {group.Key.Modes} | {string.Join(" | ", group.Select(row => row.Error.ToString("G2", CultureInfo.InvariantCulture)))} |");
        }
    }

    private static void PrintCoverage(IReadOnlyList<CoverageRow> rows)
    {
        Line("\n| layer, method | bands | h | inside | of |\n|---|---|--:|--:|--:|");
        foreach (var row in rows)
        {
            Line($"| {row.Name} | {row.Route} | {row.Horizon} | {Percent(row.Share)} % | {row.Count} |");
        }
    }

    private static void PrintOnset(IReadOnlyList<OnsetRow> rows)
    {
        Line("\n| growth | layers | off by 10 % | seen in time, spectrum | with noise along modes | seen at all, spectrum | with noise | median h: spectrum | noise | failure |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in rows)
        {
            var draws = row.Draws;
            Line($"| {row.Growth.ToString(CultureInfo.InvariantCulture)} | {draws.Count} | {row.Failures} | {row.InTimeBySpectrum} | {row.InTimeByNoise} | {draws.Count(draw => draw.BySpectrum is not null)} | {draws.Count(draw => draw.ByNoise is not null)} | {Median(draws.Select(draw => draw.BySpectrum))} | {Median(draws.Select(draw => draw.ByNoise))} | {Median(draws.Select(draw => draw.Failure))} |");
        }
    }

    private static string Median(IEnumerable<long?> values)
    {
        var known = values.Where(value => value is not null).Order().ToList();
        return known.Count == 0 ? "" : known[known.Count / 2]!.Value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static void Line(string text) => Console.Out.WriteLine(text);
}
