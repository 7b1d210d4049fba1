namespace Eigenscope.Statistics;

/// <summary>The kernel estimate that WeightWatcher compares with a Marchenko-Pastur density: triangles of half-width 0.1 at 1000 places from 0 on, those places left out where it is below 0.01.</summary>
internal sealed class TriangularDensity
{
    private const double HalfWidth = 0.1;
    private const double Least = 0.01;
    private const double Margin = 0.5;
    private const int Places = 1000;
    private const double Penalty = 1e6;

    private readonly double[] places;
    private readonly double[] density;
    private readonly double mode;

    /// <param name="ascending">The sample, ascending.</param>
    public TriangularDensity(double[] ascending)
    {
        var step = (ascending[^1] + Margin) / (Places - 1);
        double[] all = [.. Enumerable.Range(0, Places).Select(i => i * step)];
        var values = Estimate(ascending, all);
        places = [.. all.Where((_, i) => values[i] > Least)];
        density = [.. values.Where(value => value > Least)];
        mode = places.Length == 0 ? 0 : places[Array.IndexOf(density, density.Max())];
    }

    /// <summary>The sum of squared differences from the density for sigma and Q, or the penalty where its edges leave the mode or the places out.</summary>
    public double Misfit(double sigma, double q)
    {
        var (rootLow, rootHigh) = (sigma * (1 - (1 / Math.Sqrt(q))), sigma * (1 + (1 / Math.Sqrt(q))));
        var (low, high) = (rootLow * rootLow, rootHigh * rootHigh);
        if (q != 1 && (high < mode || (places.Length > 0 && high > places[^1]) || low > mode))
        {
            return Penalty * places.Length;
        }

        var sum = 0.0;
        for (var i = 0; i < places.Length; i++)
        {
            var difference = (q == 1 ? QuarterCircle(places[i], sigma) : Density(places[i], low, high, sigma, q)) - density[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static double QuarterCircle(double z, double sigma) => z > 2 ? 0 : Math.Sqrt(4 - (z * z)) / (Math.PI * sigma * sigma);

    private static double Density(double z, double low, double high, double sigma, double q) =>
        z < low || z > high || z <= 0 ? 0 : q / (2 * Math.PI * sigma * sigma * z) * Math.Sqrt((high - z) * (z - low));

    /// <summary>Both run upwards, so that the sample in reach of a place is a window that moves.</summary>
    private static double[] Estimate(double[] ascending, double[] places)
    {
        var (result, first) = (new double[places.Length], 0);
        for (var i = 0; i < places.Length; i++)
        {
            while (first < ascending.Length && ascending[first] <= places[i] - HalfWidth)
            {
                first++;
            }

            for (var j = first; j < ascending.Length && ascending[j] < places[i] + HalfWidth; j++)
            {
                result[i] += 1 - (Math.Abs(places[i] - ascending[j]) / HalfWidth);
            }

            result[i] /= ascending.Length * HalfWidth;
        }

        return result;
    }
}
