using System.Globalization;
using Eigenscope.Dynamics;

namespace Eigenscope.Reports;

/// <summary>A simulation as CSV: one row for each time and eigenvalue, the largest first.</summary>
public static class SimulationCsv
{
    /// <summary>The rows under a header; UTF-8.</summary>
    /// <param name="ensemble">The paths.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Of(PathEnsemble ensemble) =>
        CsvReport.Table(ensemble.Points.SelectMany(point => point.Eigenvalues.Select(value => Row(point, value))).Prepend(["time", "rank", "mean", "standard_error", "deviation", "q05", "q25", "median", "q75", "q95"]));

    private static IEnumerable<string?> Row(EnsemblePoint point, EigenvalueSummary value) =>
        new[] { point.Time, value.Rank, value.Mean.Value, value.Mean.StandardError, value.Deviation, value.Low, value.LowerQuartile, value.Median, value.UpperQuartile, value.High }
            .Select(number => number.ToString("R", CultureInfo.InvariantCulture));
}
