namespace Eigenscope.Statistics;

/// <summary>Random numbers of the laws that test matrices are made of, all from one repeatable <see cref="Sampling"/>.</summary>
internal sealed class PortableDraws(ulong seed)
{
    private readonly Sampling source = new(seed);

    /// <summary>A number between 0 and 1, neither of them included.</summary>
    public double Uniform() => source.Uniform();

    /// <summary>A number between two others.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A whole number from <paramref name="first"/> to <paramref name="end"/> - 1.</summary>
    public int Whole(int first, int end) => first + (int)(Uniform() * (end - first));

    /// <summary>A standard normal number.</summary>
    public double Normal() => source.Normal();

    /// <summary>The length of a vector of <paramref name="degrees"/> standard normal numbers.</summary>
    public double Chi(int degrees) => degrees == 1 ? Math.Abs(Normal()) : Math.Sqrt(2 * source.Gamma(degrees / 2.0));

    /// <summary>A number of Student's law.</summary>
    public double Student(int degrees) => Normal() * Math.Sqrt(degrees) / Chi(degrees);

    /// <summary>A number of either sign whose magnitude is above x &gt;= 1 with probability x^-mu.</summary>
    public double SymmetricPareto(double mu) => Math.CopySign(Math.Pow(Uniform(), -1 / mu), Uniform() - 0.5);
}
