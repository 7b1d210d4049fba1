using System.Globalization;

namespace Eigenscope.Reports;

/// <summary>An axis: from values to places between 0 and 1, and where its ticks are.</summary>
internal sealed class ChartAxis
{
    private readonly bool isLog;
    private readonly double low;
    private readonly double high;

    private ChartAxis(bool isLog, double low, double high, IReadOnlyList<double> ticks) => (this.isLog, this.low, this.high, Ticks) = (isLog, low, high, ticks);

    /// <summary>The values of its ticks, ascending.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis that holds all values, at least one.</summary>
    public static ChartAxis Of(IReadOnlyList<double> values, bool isLog, bool fromZero, bool isRounded)
    {
        var (least, most) = (values.Min(), values.Max());
        if (isLog)
        {
            return OfPowers(least, most);
        }

        least = fromZero ? Math.Min(0, least) : least;
        most = most > least ? most : least + Math.Max(1e-12, Math.Abs(least) * 0.1);
        var step = Step(most - least);
        (least, most) = isRounded ? (Math.Floor((least / step) + 1e-9) * step, Math.Ceiling((most / step) - 1e-9) * step) : (least, most);
        var first = (int)Math.Ceiling((least / step) - 1e-9);
        return new(isLog, least, most, [.. Enumerable.Range(first, (int)Math.Floor((most / step) + 1e-9) - first + 1).Select(i => i * step)]);
    }

    /// <summary>The place of a value, 0 at the lower end and 1 at the upper; null where it has none.</summary>
    public double? At(double value) => !double.IsFinite(value) || (isLog && value <= 0) ? null : (Scaled(value) - Scaled(low)) / (Scaled(high) - Scaled(low));

    /// <summary>The text of a tick.</summary>
    public static string Text(double value) => Math.Abs(value) is (>= 1e6 or < 1e-4) and not 0 ? value.ToString("0.#e+0", CultureInfo.InvariantCulture) : value.ToString("0.######", CultureInfo.InvariantCulture);

    private double Scaled(double value) => isLog ? Math.Log(value) : value;

    /// <summary>Ticks at powers of ten, or of two where there is less than a factor of a hundred.</summary>
    private static ChartAxis OfPowers(double least, double most)
    {
        var basis = most / least > 1000 ? 10.0 : 2.0;
        var (first, last) = ((int)Math.Floor((Math.Log(least) / Math.Log(basis)) + 1e-9), (int)Math.Ceiling((Math.Log(most) / Math.Log(basis)) - 1e-9));
        last = Math.Max(last, first + 1);
        return new(true, Math.Pow(basis, first), Math.Pow(basis, last), [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(basis, power))]);
    }

    /// <summary>1, 2 or 5 times a power of ten, so that there are four to ten steps.</summary>
    private static double Step(double length)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(length)) - 1);
        return power * (length / power) switch { > 50 => 10, > 20 => 5, _ => 2 };
    }
}
