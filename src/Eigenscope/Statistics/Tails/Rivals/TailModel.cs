namespace Eigenscope.Statistics;

/// <summary>A law for the values from xmin on.</summary>
/// <param name="Law">The family.</param>
/// <param name="Xmin">Where the tail begins, positive, in the units of x.</param>
public abstract record TailModel(TailLaw Law, double Xmin)
{
    /// <summary>The logarithm of the density at <paramref name="x"/>, at least <see cref="Xmin"/>; the density is in 1 / units of x.</summary>
    public abstract double LogDensity(double x);

    /// <summary>The share of the law above <paramref name="x"/>, 1 at <see cref="Xmin"/>.</summary>
    public abstract double Survival(double x);

    /// <summary>The logarithm of the likelihood of independent values, in nats.</summary>
    public double LogLikelihood(ReadOnlySpan<double> tail)
    {
        var sum = 0.0;
        foreach (var x in tail)
        {
            sum += LogDensity(x);
        }

        return sum;
    }

    /// <summary>The distance from the empirical distribution of ascending values, all at least <see cref="Xmin"/>; 0 to 1.</summary>
    public double Distance(ReadOnlySpan<double> tail, TailDistance distance = TailDistance.Compat)
    {
        var largest = 0.0;
        for (var j = 0; j < tail.Length; j++)
        {
            var law = 1 - Survival(tail[j]);
            var above = distance == TailDistance.Standard ? ((j + 1.0) / tail.Length) - law : 0;
            largest = Math.Max(largest, Math.Max(above, Math.Abs(law - (j / (double)tail.Length))));
        }

        return largest;
    }
}
