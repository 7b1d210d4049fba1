using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>A repeatable sequence of random numbers of several laws, all made of the words of one <see cref="SplitMix64"/>.</summary>
internal sealed class PortableDraws(ulong seed)
{
    private SplitMix64 words = new(seed);
    private double? second;

    /// <summary>A number between 0 and 1, neither of them included.</summary>
    public double Uniform() => ((words.Next() >> 11) + 0.5) * (1.0 / (1L << 53));

    /// <summary>A number between two others.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A whole number from <paramref name="first"/> to <paramref name="end"/> - 1.</summary>
    public int Whole(int first, int end) => first + (int)words.Below(end - first);

    /// <summary>A standard normal number, one of a pair (Box and Muller 1958).</summary>
    public double Normal()
    {
        if (second is { } waiting)
        {
            second = null;
            return waiting;
        }

        var radius = Math.Sqrt(-2 * Math.Log(Uniform()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
        second = radius * sin;
        return radius * cos;
    }

    /// <summary>The length of a vector of <paramref name="degrees"/> standard normal numbers.</summary>
    public double Chi(int degrees) => degrees == 1 ? Math.Abs(Normal()) : Math.Sqrt(2 * Gamma(degrees / 2.0));

    /// <summary>A number of Student's law.</summary>
    public double Student(int degrees) => Normal() * Math.Sqrt(degrees) / Chi(degrees);

    /// <summary>A number of either sign whose magnitude is above x &gt;= 1 with probability x^-mu.</summary>
    public double SymmetricPareto(double mu) => Math.CopySign(Math.Pow(Uniform(), -1 / mu), Uniform() - 0.5);

    /// <summary>A number of the gamma law of a shape of 1 or more (Marsaglia and Tsang 2000).</summary>
    private double Gamma(double shape)
    {
        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = Normal();
            var root = 1 + (x / Math.Sqrt(9 * d));
            var v = root * root * root;
            if (v > 0 && Math.Log(Uniform()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
