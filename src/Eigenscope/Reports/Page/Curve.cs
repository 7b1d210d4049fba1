using System.Globalization;
using System.Text.Json;

namespace Eigenscope.Reports.Page;

/// <summary>Points of a law as a page draws them, in six digits.</summary>
internal static class Curve
{
    private const int Points = 40;

    /// <summary>Places from <paramref name="low"/> to <paramref name="high"/>, equal ratios apart.</summary>
    public static double[] Places(double low, double high) =>
        [.. Enumerable.Range(0, Points).Select(i => i == Points - 1 ? high : low * Math.Pow(high / low, i / (Points - 1.0)))];

    /// <summary>Writes numbers as an array; null where one is not finite.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture), skipInputValidation: true);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }
}
