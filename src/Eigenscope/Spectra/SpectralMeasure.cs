using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>
/// The distribution of singular values as the weights of Ritz values tell it: a cumulative distribution, and its quantiles.
/// </summary>
/// <remarks>
/// Stochastic Lanczos quadrature (Ubaru, Chen and Saad 2017) in blocks. Where the values are dense, the 24 Ritz values of a step stand close
/// together for the same node of a Gauss quadrature, so each is replaced by the mean of up to 25 around it, which stands at the middle of their weight. Between
/// these points, and from zero to the first, the distribution is linear in sigma. A value of large weight, such as a repeated one, is a step.
/// </remarks>
internal sealed class SpectralMeasure
{
    private const int HalfWindow = Frame.Width / 2;
    private const int Bisections = 30;

    /// <summary>Values whose relative difference is no larger are one value, repeated.</summary>
    private const double Repeated = 1e-10;

    private readonly List<double> shares = [0];
    private readonly List<double> values = [0];

    /// <summary>The distribution of Ritz values.</summary>
    /// <param name="sigma">Their square roots, ascending.</param>
    /// <param name="weights">Their weights, with any sum.</param>
    /// <param name="steps">The steps of Lanczos.</param>
    public SpectralMeasure(ReadOnlySpan<double> sigma, ReadOnlySpan<double> weights, int steps)
    {
        var (nodes, mass, moment) = Distinct(sigma, weights);
        var most = 2.0 / steps * mass[^1];
        for (var j = 0; j < nodes.Count; j++)
        {
            var reach = Reach(mass, j, most);
            var (start, end) = (Math.Max(0, j - reach), j + reach + 1);
            var weight = mass[end] - mass[start];
            if (weight > most)
            {
                Add(mass[start] / mass[^1], nodes[j]);
                Add(mass[end] / mass[^1], nodes[j]);
            }
            else if (weight > 0)
            {
                Add((mass[start] + (0.5 * weight)) / mass[^1], (moment[end] - moment[start]) / weight);
            }
        }
    }

    /// <summary>True for two neighbours that are one value, repeated.</summary>
    public static bool AreOne(double lower, double upper) => upper - lower <= Repeated * upper;

    /// <summary>The share of values at or below x.</summary>
    public double At(double x)
    {
        var (low, high) = (0, values.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = values[middle] <= x ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : low == values.Count ? 1 : Between(values, shares, low, x);
    }

    /// <summary>The value below which a share of the values lies.</summary>
    public double Quantile(double share)
    {
        var at = shares.BinarySearch(share);
        at = at < 0 ? ~at : at;
        return at == 0 ? values[0] : at == shares.Count ? values[^1] : Between(shares, values, at, share);
    }

    /// <summary>
    /// The Lévy distance of two distributions: the least e such that, for every x, either share lies between those of the other at x - e * unit
    /// and x + e * unit, give or take e.
    /// </summary>
    public double Distance(SpectralMeasure other, double unit)
    {
        var (low, high) = (0.0, AreWithin(0) ? 0.0 : 1.0);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = AreWithin(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool AreWithin(double e) => IsAbove(other, e, unit) && other.IsAbove(this, e, unit);
    }

    /// <summary>True where the other distribution is nowhere above this one when this is moved to the left and up by e.</summary>
    private bool IsAbove(SpectralMeasure other, double e, double unit) =>
        other.values.TrueForAll(x => other.At(x) <= At(x + (e * unit)) + e) && values.TrueForAll(x => other.At(x - (e * unit)) <= At(x) + e);

    private static double Between(List<double> x, List<double> y, int after, double at)
    {
        var width = x[after] - x[after - 1];
        return width > 0 ? y[after - 1] + ((y[after] - y[after - 1]) * ((at - x[after - 1]) / width)) : y[after];
    }

    /// <summary>Values that differ, and the sums up to each of the weights and of the weights times the values.</summary>
    private static (List<double> Nodes, List<double> Mass, List<double> Moment) Distinct(ReadOnlySpan<double> sigma, ReadOnlySpan<double> weights)
    {
        var (nodes, mass, moment) = (new List<double>(), new List<double> { 0 }, new List<double> { 0 });
        for (var j = 0; j < sigma.Length; j++)
        {
            if (j == 0 || !AreOne(sigma[j - 1], sigma[j]))
            {
                nodes.Add(sigma[j]);
                mass.Add(mass[^1]);
                moment.Add(moment[^1]);
            }

            mass[^1] += weights[j];
            moment[^1] += weights[j] * sigma[j];
        }

        return (nodes, mass, moment);
    }

    /// <summary>The neighbours that are averaged on either side, but for the lower end: fewer at the upper end, and no more than hold a given mass.</summary>
    private static int Reach(List<double> mass, int j, double most)
    {
        var reach = Math.Min(HalfWindow, mass.Count - 2 - j);
        while (reach > 0 && mass[j + reach + 1] - mass[Math.Max(0, j - reach)] > most)
        {
            reach--;
        }

        return reach;
    }

    /// <summary>A point of the distribution, no lower than the last.</summary>
    private void Add(double share, double value)
    {
        shares.Add(Math.Max(shares[^1], share));
        values.Add(Math.Max(values[^1], value));
    }
}
