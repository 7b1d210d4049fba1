using System.Globalization;
using Eigenscope.Comparison;

namespace Eigenscope.Benchmarks.Calibration;

/// <summary>How often the verdicts of <c>compare</c> are right, as the table of docs/compare.md. Nothing in it depends on the machine.</summary>
internal static class ChangeReport
{
    private const long Seed = 20260101;

    private static readonly (int N, int M)[] Shapes = [(64, 64), (256, 64), (128, 128), (384, 128)];

    /// <summary>Prints the table for so many pairs of each case, shape, base and number type.</summary>
    public static void Print(int draws)
    {
        var kinds = Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.NotComparable).ToList();
        var table = ChangeCalibration.Of(Shapes, draws, Seed);
        Console.Out.WriteLine($"| what was done | {string.Join(" | ", kinds.Select(kind => kind.Text()))} |");
        Console.Out.WriteLine($"|---|{string.Concat(kinds.Select(_ => "--:|"))}");
        foreach (var row in table.Rows)
        {
            Console.Out.WriteLine($"| {row.Truth.Text()}: {row.Name} | {string.Join(" | ", kinds.Select(kind => Cell(row, kind)))} |");
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{table.Rows.Sum(row => row.Counts.Sum())} pairs, {100 * table.Accuracy:F1} % right."));
    }

    private static string Cell(ChangeConfusionRow row, ChangeKind kind)
    {
        var count = row.Counts[(int)kind];
        var text = count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture);
        return kind == row.Truth ? $"**{text}**" : text;
    }
}
