namespace Eigenscope.Comparison;

/// <summary>Where in a spectrum the singular values moved: the median of |sigma_A / sigma_B - 1|, rank by rank.</summary>
/// <param name="Largest">Over the largest tenth.</param>
/// <param name="Middle">Over what lies between.</param>
/// <param name="Smallest">Over the smallest tenth.</param>
public sealed record SpectrumMotion(double Largest, double Middle, double Smallest)
{
    private const int LeastValues = 10;

    /// <summary>Compares two spectra of equal length; null for fewer than ten values, or where the larger of B are zero.</summary>
    /// <param name="a">Singular values, ascending.</param>
    /// <param name="b">Those of the other.</param>
    public static SpectrumMotion? Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count != b.Count || a.Count < LeastValues || b[b.Count / 2] <= 0)
        {
            return null;
        }

        double[] moved = [.. a.Zip(b, (x, y) => y > 0 ? Math.Abs((x / y) - 1) : x > 0 ? double.PositiveInfinity : 0)];
        var tenth = a.Count / LeastValues;
        var result = new SpectrumMotion(Median(moved[^tenth..]), Median(moved[tenth..^tenth]), Median(moved[..tenth]));
        return double.IsFinite(result.Smallest) ? result : null;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }
}
