using System.Globalization;

namespace Eigenscope.Cli.Commands;

/// <summary>Sizes in bytes as people write them: 512MB, 4GiB, 1.5G. KB, MB, GB, TB are powers of 1000; KiB, K and so on of 1024.</summary>
internal static class ByteSize
{
    private const string Prefixes = "KMGT";

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var unit = text.TrimStart("0123456789.".ToCharArray());
        var number = text[..^unit.Length];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || Factor(unit.Trim()) is not { } factor)
        {
            return false;
        }

        bytes = (long)Math.Min(value * factor, long.MaxValue / 2);
        return bytes > 0;
    }

    /// <summary>A size for people, such as 340.2 MB.</summary>
    public static string Text(long bytes)
    {
        var (value, prefix) = ((double)bytes, -1);
        while (value >= 1000 && prefix < Prefixes.Length - 1)
        {
            (value, prefix) = (value / 1000, prefix + 1);
        }

        return prefix < 0 ? $"{bytes} bytes" : $"{value.ToString("0.#", CultureInfo.InvariantCulture)} {char.ToUpperInvariant(Prefixes[prefix])}B";
    }

    private static double? Factor(string unit)
    {
        if (unit is "" or "B" or "b")
        {
            return 1;
        }

        var power = Prefixes.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal) + 1;
        return (power, unit[1..].ToUpperInvariant()) switch
        {
            (0, _) => null,
            (_, "B") => Math.Pow(1000, power),
            (_, "" or "IB") => Math.Pow(1024, power),
            _ => null,
        };
    }
}
