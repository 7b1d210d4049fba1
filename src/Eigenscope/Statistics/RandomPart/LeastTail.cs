namespace Eigenscope.Statistics;

/// <summary>A power law fitted to a tail of at least so many values, beside an exponential law of the same tail.</summary>
/// <param name="Alpha">The exponent.</param>
/// <param name="Count">The number of values in the tail.</param>
/// <param name="Ratio">Vuong's statistic (1989): the sum of the differences of both log-likelihoods over sqrt(count) times their standard deviation; positive for the power law.</param>
internal sealed record LeastTail(double Alpha, int Count, double Ratio)
{
    /// <summary>The tail that minimizes the distance max |F(x_j) - j / k| (Clauset, Shalizi and Newman 2009) of those of <paramref name="least"/> positive values or more; null where there is none.</summary>
    public static LeastTail? Of(ReadOnlySpan<double> ascending, int least)
    {
        var logs = new double[ascending.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = Math.Log(ascending[i]);
        }

        var (best, bestAlpha, bestDistance, sum) = (-1, 0.0, double.PositiveInfinity, 0.0);
        for (var i = logs.Length - 1; i >= 0; i--)
        {
            sum += logs[i];
            var count = logs.Length - i;
            var alpha = 1 + (count / (sum - (count * logs[i])));
            if (count >= least && (i == 0 || logs[i] > logs[i - 1]) && double.IsFinite(alpha) && alpha > 1 && Distance(logs.AsSpan(i), alpha, bestDistance) is var distance && distance <= bestDistance)
            {
                (best, bestAlpha, bestDistance) = (i, alpha, distance);
            }
        }

        return best < 0 ? null : new LeastTail(bestAlpha, logs.Length - best, Vuong(ascending[best..], logs.AsSpan(best), bestAlpha));
    }

    /// <summary>The distance, or something larger than <paramref name="limit"/> as soon as it is known to be.</summary>
    private static double Distance(ReadOnlySpan<double> logs, double alpha, double limit)
    {
        var largest = 0.0;
        for (var j = 0; j < logs.Length && largest <= limit; j++)
        {
            largest = Math.Max(largest, Math.Abs(1 - Math.Exp((1 - alpha) * (logs[j] - logs[0])) - ((double)j / logs.Length)));
        }

        return largest;
    }

    private static double Vuong(ReadOnlySpan<double> tail, ReadOnlySpan<double> logs, double alpha)
    {
        var mean = 0.0;
        foreach (var x in tail)
        {
            mean += x / tail.Length;
        }

        var rate = 1 / (mean - tail[0]);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < tail.Length; i++)
        {
            var difference = Math.Log((alpha - 1) / tail[0]) - (alpha * (logs[i] - logs[0])) - Math.Log(rate) + (rate * (tail[i] - tail[0]));
            sum += difference;
            squares += difference * difference;
        }

        var spread = Math.Sqrt(Math.Max(0, (squares / tail.Length) - (sum / tail.Length * (sum / tail.Length))));
        return spread > 0 ? sum / (Math.Sqrt(tail.Length) * spread) : 0;
    }
}
