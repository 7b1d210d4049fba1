namespace Eigenscope.Statistics;

/// <summary>A law fitted to a whole sample by maximum likelihood.</summary>
/// <param name="Law">The law of largest likelihood.</param>
/// <param name="LogLikelihood">The sum of the logarithms of its density over the sample.</param>
/// <param name="Ks">The Kolmogorov-Smirnov distance between law and sample, both sides of each step, 0 to 1.</param>
/// <param name="Count">The size of the sample.</param>
/// <typeparam name="TLaw">The kind of law.</typeparam>
public sealed record LawFit<TLaw>(TLaw Law, double LogLikelihood, double Ks, int Count)
    where TLaw : IContinuousLaw
{
    /// <summary>The fit of a law whose parameters are known.</summary>
    /// <param name="law">The law.</param>
    /// <param name="sample">Numbers in any order.</param>
    internal static LawFit<TLaw> Of(TLaw law, ReadOnlySpan<double> sample)
    {
        var ascending = sample.ToArray();
        Array.Sort(ascending);
        var (sum, distance) = (0.0, 0.0);
        for (var i = 0; i < ascending.Length; i++)
        {
            var share = law.Cumulative(ascending[i]);
            sum += law.LogDensity(ascending[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / ascending.Length) - share, share - ((double)i / ascending.Length)));
        }

        return new LawFit<TLaw>(law, sum, distance, ascending.Length);
    }
}
