using System.Numerics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>
/// How finely the values of a matrix are spaced beside those of another, by samples of lines of both: what rounding leaves behind, whatever type the values are stored in since.
/// </summary>
/// <param name="DistinctShare">Distinct values of a line over its elements: near 1 for weights as training leaves them, small where few levels are left.</param>
/// <param name="RoundedShare">The share of elements that are, of all values in their line, the nearest to that of the other matrix at their place: 1 where they were rounded from it.</param>
/// <param name="EvenShare">The share of lines whose values are multiples of one step, no more than 511 of them.</param>
/// <param name="Line">How many elements a line has that shows it best: a row, a column, a short piece of a row, or several rows as one.</param>
public sealed record ValueGrid(double DistinctShare, double RoundedShare, double EvenShare, int Line)
{
    /// <summary>A share that leaves room for ties and for weights that were cut off.</summary>
    private const double Mostly = 0.95;

    /// <summary>One of two matrices has been rounded where a line of it has so many fewer distinct values.</summary>
    private const double FewerValues = 0.7;

    /// <summary>Levels of evenly spaced values at most, and how far off their places they may be, in steps.</summary>
    private const int MostLevels = 511;
    private const double OffPlace = 0.1;
    private const int LeastLevels = 8;

    private const int MostLines = 12;
    private const int MostOfRow = 4096;
    private const int ColumnsRead = 8;
    private const int MostOfColumn = 4096;

    /// <summary>Formats that scale blocks by themselves take 32 elements or a multiple.</summary>
    private const int Block = 32;
    private const int MantissaLength = 52;

    /// <summary>How the values of each lie beside those of the other: of rows, columns, all rows as one, and blocks of 32 elements those that show best that it was rounded.</summary>
    public static (ValueGrid A, ValueGrid B) Of(IMatrix a, IMatrix b)
    {
        var samples = Lines(a, b);
        return (Best(samples), Best([.. samples.Select(lines => lines.ConvertAll(line => (line.Other, line.Own)))]));
    }

    private static ValueGrid Best(IEnumerable<List<(double[] Own, double[] Other)>> samples) => samples
        .Select(lines => lines.ConvertAll(line => OfLine(line.Own, line.Other)))
        .Select(grids => new ValueGrid(grids.Average(grid => grid.DistinctShare), grids.Average(grid => grid.RoundedShare), grids.Average(grid => grid.EvenShare), grids[0].Line))
        .OrderByDescending(grid => grid.RoundedShare >= Mostly).ThenByDescending(grid => grid.EvenShare >= Mostly).ThenBy(grid => grid.DistinctShare).First();

    /// <summary>True where the values are rounded ones of the other matrix, to few or to evenly spaced levels, as those of the other are not.</summary>
    /// <param name="other">How the values of the other matrix lie.</param>
    public bool IsRoundedFrom(ValueGrid other) => RoundedShare >= Mostly && (DistinctShare < FewerValues * other.DistinctShare || (EvenShare >= Mostly && other.EvenShare < Mostly));

    /// <summary>The most bits behind the point that any value of a sample needs: 52 for float64, 23 for float32, 10 for float16, 7 for bfloat16.</summary>
    public static int MantissaBits(IMatrix w) => SampledRows(w).Max(row => row.Max(BitsOf));

    private static List<List<(double[] Own, double[] Other)>> Lines(IMatrix w, IMatrix other)
    {
        List<(double[] Own, double[] Other)> rows = [.. SampledRows(w).Zip(SampledRows(other))], columns = [.. SampledColumns(w).Zip(SampledColumns(other))];
        List<(double[] Own, double[] Other)> all = [([.. rows.SelectMany(row => row.Own).Take(MostOfRow)], [.. rows.SelectMany(row => row.Other).Take(MostOfRow)])];
        return w.Columns % Block == 0 && w.Columns > Block ? [rows, columns, all, rows.ConvertAll(row => (row.Own[..Block], row.Other[..Block]))] : [rows, columns, all];
    }

    private static IEnumerable<double[]> SampledRows(IMatrix w)
    {
        var count = Math.Min(MostLines, w.Rows);
        for (var i = 0; i < count; i++)
        {
            var row = new double[Math.Min(MostOfRow, w.Columns)];
            w.Read((int)((long)i * w.Rows / count), 0, 1, row.Length, row, row.Length);
            yield return row;
        }
    }

    /// <summary>Some neighbouring columns, which are read together, down to a few thousand rows.</summary>
    private static IEnumerable<double[]> SampledColumns(IMatrix w)
    {
        var (count, rows) = (Math.Min(ColumnsRead, w.Columns), Math.Min(MostOfColumn, w.Rows));
        var tile = new double[rows * count];
        w.Read(0, (w.Columns - count) / 2, rows, count, tile, count);
        return Enumerable.Range(0, count).Select(column => Enumerable.Range(0, rows).Select(row => tile[(row * count) + column]).ToArray());
    }

    private static ValueGrid OfLine(double[] line, double[] other)
    {
        var levels = Levels(line);
        var rounded = line.Where((value, i) => IsNearest(value, other[i], levels)).Count();
        return new((double)levels.Length / line.Length, (double)rounded / line.Length, IsEven(levels) ? 1 : 0, line.Length);
    }

    /// <summary>True where all distances are multiples of the smallest one.</summary>
    private static bool IsEven(double[] levels)
    {
        if (levels.Length < LeastLevels)
        {
            return false;
        }

        var step = Enumerable.Range(1, levels.Length - 1).Min(i => levels[i] - levels[i - 1]);
        return (levels[^1] - levels[0]) / step <= MostLevels && Array.TrueForAll(levels, level => Math.Abs(((level - levels[0]) / step) - Math.Round((level - levels[0]) / step)) <= OffPlace);
    }

    /// <summary>The distinct values, ascending.</summary>
    private static double[] Levels(double[] line)
    {
        var ascending = line.AsSpan().ToArray();
        Array.Sort(ascending);
        var count = 1;
        for (var i = 1; i < ascending.Length; i++)
        {
            if (ascending[i] != ascending[count - 1])
            {
                ascending[count++] = ascending[i];
            }
        }

        return ascending[..count];
    }

    /// <summary>True where no level is clearly nearer to the other value.</summary>
    private static bool IsNearest(double value, double other, double[] levels)
    {
        var at = Array.BinarySearch(levels, other);
        var above = at >= 0 ? at : ~at;
        var nearest = Math.Min(above < levels.Length ? Math.Abs(levels[above] - other) : double.PositiveInfinity, above > 0 ? Math.Abs(levels[above - 1] - other) : double.PositiveInfinity);
        return Math.Abs(value - other) <= (1.01 * nearest) + (1e-6 * Math.Abs(other));
    }

    private static int BitsOf(double value) => value == 0 ? 0 : MantissaLength - Math.Min(MantissaLength, BitOperations.TrailingZeroCount(BitConverter.DoubleToInt64Bits(value)));
}
