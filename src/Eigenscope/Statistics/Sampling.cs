using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>A repeatable sequence of random numbers from a seed: whole words and uniform numbers are the same on every platform, normal ones within the last digit of its logarithm and sine.</summary>
/// <remarks>Words by SplitMix64 (Steele, Lea and Flood 2014). Not for several threads at once.</remarks>
/// <param name="seed">Any number; different seeds give independent sequences.</param>
public sealed class Sampling(ulong seed)
{
    private SplitMix64 words = new(seed);
    private double spare = double.NaN;

    /// <summary>The next uniform number above 0 and below 1: the upper 53 bits of a word and a half, times 2^-53.</summary>
    public double Uniform() => Math.Min(((words.Next() >> 11) + 0.5) * (1.0 / (1L << 53)), double.BitDecrement(1));

    /// <summary>The next normal number of mean 0 and variance 1: of every two uniform numbers u and v, sqrt(-2 ln u) cos(2 pi v) and then sqrt(-2 ln u) sin(2 pi v) (Box and Muller 1958).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(Uniform()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
        spare = radius * sin;
        return radius * cos;
    }

    /// <summary>The next number of the Gamma law of a shape and rate 1, positive (Marsaglia and Tsang 2000).</summary>
    internal double Gamma(double shape)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1) * Math.Exp(Math.Log(Uniform()) / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal();
            var cube = Math.Pow(1 + (c * normal), 3);
            if (cube > 0 && Math.Log(Uniform()) < (0.5 * normal * normal) + (d * (1 - cube + Math.Log(cube))))
            {
                return d * cube;
            }
        }
    }
}
