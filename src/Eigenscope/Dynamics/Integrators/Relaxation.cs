namespace Eigenscope.Dynamics;

/// <summary>What a linear pull of rate beta does to a number and its noise over a time t.</summary>
internal static class Relaxation
{
    /// <summary>e^(-beta t)</summary>
    public static double Decay(double beta, double t) => Math.Exp(-beta * t);

    /// <summary>The variance that noise of variance 1 in a unit of time leaves: (1 - e^(-2 beta t)) / (2 beta), t for beta = 0.</summary>
    public static double Variance(double beta, double t)
    {
        var x = 2 * beta * t;
        return Math.Abs(x) < 1e-5 ? t * (1 - (x / 2) + (x * x / 6)) : (1 - Math.Exp(-x)) / (2 * beta);
    }
}
