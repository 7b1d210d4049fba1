using System.Globalization;

namespace Eigenscope.Cli.Terminal;

/// <summary>Numbers for people: few digits, one look.</summary>
internal static class Numbers
{
    /// <summary>Four significant digits, in exponent form beyond 1e5 and below 1e-3; a dash where there is no value.</summary>
    public static string Text(double? value) => value switch
    {
        null => "-",
        0 => "0",
        { } v when v == Math.Truncate(v) && Math.Abs(v) < 1e9 => v.ToString("0", CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) is < 1e-3 or >= 1e5 => v.ToString("0.00e+0", CultureInfo.InvariantCulture),
        { } v => v.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>A fixed number of decimals; a dash where there is no value, exponent form where it would not fit.</summary>
    public static string Fixed(double? value, int decimals) => value switch
    {
        null => "-",
        { } v when Math.Abs(v) >= 1e5 => v.ToString("0.0e+0", CultureInfo.InvariantCulture),
        { } v => v.ToString("F" + decimals, CultureInfo.InvariantCulture),
    };

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double? value) => value is { } v ? (100 * v).ToString("0.#", CultureInfo.InvariantCulture) + "%" : "-";
}
