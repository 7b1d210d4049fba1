namespace Eigenscope.Tests.LinearAlgebra;

/// <summary>A repeatable sequence of random numbers: splitmix64 (Steele, Lea and Flood 2014).</summary>
internal sealed class Draws(int seed)
{
    private ulong state = (ulong)seed * 0xD1342543DE82EF95;

    /// <summary>A number from 0 inclusive to 1 exclusive.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A standard normal number, by the Box-Muller transform.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A whole number from 0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>As many standard normal numbers.</summary>
    public double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
