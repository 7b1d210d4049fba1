using System.Globalization;

namespace Eigenscope.Learning;

/// <summary>How lessons write numbers.</summary>
public static class Digits
{
    private const int Usual = 6;
    private const int MostInList = 8;

    /// <summary>Six significant digits, whole numbers as such, powers of ten where the number is far from 1.</summary>
    public static string Text(double value) => Text(value, Usual);

    /// <summary>Some significant digits.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">How many, 1 to 17.</param>
    public static string Text(double value, int digits)
    {
        var text = value == 0 ? "0" : value.ToString((Math.Abs(value) is >= 1e-4 and < 1e9 ? "G" : "E") + (Math.Abs(value) is >= 1e-4 and < 1e9 ? digits : digits - 1), CultureInfo.InvariantCulture);
        return Tidy(text);
    }

    /// <summary>A number beside others of about 1: some decimals, and 0 where it is none but for rounding.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">How many behind the point.</param>
    public static string Rounded(double value, int decimals) =>
        Math.Abs(value) >= 1e6 ? Text(value) : Tidy(value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture));

    /// <summary>Numbers in a row, with commas between; of many the first ones.</summary>
    internal static string List(IReadOnlyList<double> values, Func<double, string> write) => $"{string.Join(", ", values.Take(MostInList).Select(write))}{(values.Count > MostInList ? ", …" : "")}";

    /// <summary>A share as a percentage with a digit behind the point.</summary>
    public static string Percent(double share) => Tidy((100 * share).ToString("0.#", CultureInfo.InvariantCulture)) + " %";

    /// <summary>Few digits, for errors: 4.4e-16 as 4.4·10⁻¹⁶.</summary>
    public static string Error(double value) => value == 0 ? "0" : Text(value, 2);

    /// <summary>A number in superscript, such as ⁻¹⁶.</summary>
    public static string Superscript(int value) => string.Concat(value.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    /// <summary>A number in subscript, such as ₁₂.</summary>
    public static string Subscript(int value) => string.Concat(value.ToString(CultureInfo.InvariantCulture).Select(c => (char)('₀' + (c - '0'))));

    /// <summary>1.20E-004 as 1.2·10⁻⁴.</summary>
    private static string Tidy(string text)
    {
        var (mantissa, exponent) = text.Split('E') is [var m, var e] ? (m, e) : (text, null);
        if (mantissa.Contains('.'))
        {
            mantissa = mantissa.TrimEnd('0').TrimEnd('.');
        }

        mantissa = (mantissa == "-0" ? "0" : mantissa).Replace('-', '\u2212');
        return exponent is null ? mantissa : $"{mantissa}·10{Superscript(int.Parse(exponent, CultureInfo.InvariantCulture))}";
    }
}
