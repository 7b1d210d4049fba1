namespace Eigenscope.Dynamics;

/// <summary>The test of Kolmogorov and Smirnov whether two samples come from one law.</summary>
/// <param name="Distance">The largest difference of the two distribution functions, 0 to 1.</param>
/// <param name="PValue">The probability of at least that distance where the law is one and continuous, 0 to 1.</param>
public sealed record TwoSampleTest(double Distance, double PValue)
{
    /// <summary>Tests two samples.</summary>
    /// <param name="first">Numbers in any order, at least one.</param>
    /// <param name="second">Numbers in any order, at least one.</param>
    /// <returns>The distance, and its probability by the limit law (Kolmogorov 1933, Smirnov 1939) with the correction of Stephens (1970) for finite samples.</returns>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static TwoSampleTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            throw new ArgumentException("a sample is empty", nameof(second));
        }

        double[] x = first.ToArray(), y = second.ToArray();
        Array.Sort(x);
        Array.Sort(y);
        var (i, j, distance) = (0, 0, 0.0);
        while (i < x.Length && j < y.Length)
        {
            var value = Math.Min(x[i], y[j]);
            for (; i < x.Length && x[i] <= value; i++)
            {
            }

            for (; j < y.Length && y[j] <= value; j++)
            {
            }

            distance = Math.Max(distance, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }

        var root = Math.Sqrt((double)x.Length * y.Length / (x.Length + y.Length));
        return new TwoSampleTest(distance, Tail((root + 0.12 + (0.11 / root)) * distance));
    }

    /// <summary>Tests each order statistic of two ensembles at the last of their times.</summary>
    /// <param name="first">An ensemble.</param>
    /// <param name="second">Another with as many eigenvalues.</param>
    /// <returns>One test for each rank, the largest eigenvalue first.</returns>
    /// <exception cref="ArgumentException">The numbers of eigenvalues differ.</exception>
    public static IReadOnlyList<TwoSampleTest> Of(PathEnsemble first, PathEnsemble second) => first.Size == second.Size
        ? [.. Enumerable.Range(1, first.Size).Select(rank => Of(first.OrderStatistic(first.Options.Times.Count - 1, rank), second.OrderStatistic(second.Options.Times.Count - 1, rank)))]
        : throw new ArgumentException($"{first.Size} and {second.Size} eigenvalues do not make pairs", nameof(second));

    /// <summary>2 sum_k (-1)^(k - 1) e^(-2 k^2 x^2), by its theta-function twin where that converges faster.</summary>
    private static double Tail(double x)
    {
        if (x < 1)
        {
            var sum = 0.0;
            for (var k = 1; k <= 7; k += 2)
            {
                sum += x > 0 ? Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x)) : 0;
            }

            return x > 0 ? 1 - (Math.Sqrt(2 * Math.PI) / x * sum) : 1;
        }

        var (total, sign) = (0.0, 1);
        for (var k = 1; k <= 6; k++, sign = -sign)
        {
            total += 2 * sign * Math.Exp(-2 * k * k * x * x);
        }

        return total;
    }
}
