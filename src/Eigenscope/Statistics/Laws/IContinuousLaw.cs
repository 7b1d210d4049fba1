namespace Eigenscope.Statistics;

/// <summary>The law of a random number that has a density. Where a law is not defined at x, its density is 0 and its distribution 0 below and 1 above; NaN gives NaN or 0.</summary>
/// <remarks>Constructors of laws throw <see cref="ArgumentOutOfRangeException"/> where a parameter is out of its range, infinite or not a number.</remarks>
public interface IContinuousLaw
{
    /// <summary>The density at x, from 0, per unit of x.</summary>
    double Density(double x);

    /// <summary>The natural logarithm of the density, also where the density itself is too small for a double; minus infinity where it is 0.</summary>
    double LogDensity(double x);

    /// <summary>The probability of a number up to x, 0 to 1.</summary>
    double Cumulative(double x);

    /// <summary>The probability of a number above x, 0 to 1: 1 - <see cref="Cumulative"/>, but exact where that is close to 1, unless a law says otherwise.</summary>
    double Survival(double x);

    /// <summary>The smallest x at which <see cref="Cumulative"/> is p; the ends of the law, perhaps infinite, for 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not from 0 to 1.</exception>
    double Quantile(double p);

    /// <summary>The next random number of this law.</summary>
    double Sample(Sampling random);
}
