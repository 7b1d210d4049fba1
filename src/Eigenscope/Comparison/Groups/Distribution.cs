namespace Eigenscope.Comparison;

/// <summary>Some numbers by their quartiles (linear between order statistics: Hyndman and Fan 1996, type 7).</summary>
/// <param name="Count">How many there are, at least 1.</param>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The upper quartile.</param>
public sealed record Distribution(int Count, double Lower, double Median, double Upper)
{
    /// <summary>The distribution; null for no numbers.</summary>
    public static Distribution? Of(IEnumerable<double> values)
    {
        double[] ascending = [.. values.Order()];
        return ascending.Length == 0 ? null : new(ascending.Length, Quantile(ascending, 0.25), Quantile(ascending, 0.5), Quantile(ascending, 0.75));
    }

    private static double Quantile(double[] ascending, double p)
    {
        var place = p * (ascending.Length - 1);
        var below = (int)place;
        return below + 1 < ascending.Length ? ascending[below] + ((place - below) * (ascending[below + 1] - ascending[below])) : ascending[below];
    }
}
