using System.Globalization;
using Eigenscope.Dynamics;

namespace Eigenscope.Reports;

/// <summary>The leading eigenvalues of a simulation over time as an SVG picture: means as lines, from 5 to 95 % of the paths as bands. Readable on light and dark ground.</summary>
public static class SimulationFigure
{
    /// <summary>The most eigenvalues that are drawn.</summary>
    public const int Most = 5;

    /// <summary>Draws it.</summary>
    /// <param name="ensemble">The paths.</param>
    /// <returns>An SVG document; UTF-8, ends with a newline.</returns>
    public static byte[] Of(PathEnsemble ensemble)
    {
        var count = Math.Min(Most, ensemble.Size);
        return new LineChart
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"The {count} largest eigenvalues of {ensemble.Options.Start.Rows} x {ensemble.Options.Start.Columns}, mean and 5 to 95 % of {ensemble.Paths} paths"),
            X = "time",
            Y = "\u03bb",
            FromZero = true,
            Lines = [.. Enumerable.Range(0, count).Select(k => LineOf(ensemble, k))],
        }.ToSvg();
    }

    private static ChartLine LineOf(PathEnsemble ensemble, int k)
    {
        var sigma = ensemble.Options.Start.SingularValues[^(k + 1)];
        var start = sigma * sigma;
        return new(string.Create(CultureInfo.InvariantCulture, $"\u03bb{k + 1}"), [(0, start), .. ensemble.Points.Select(point => (point.Time, point.Eigenvalues[k].Mean.Value))])
        {
            Band = [(start, start), .. ensemble.Points.Select(point => (point.Eigenvalues[k].Low, point.Eigenvalues[k].High))],
        };
    }
}
