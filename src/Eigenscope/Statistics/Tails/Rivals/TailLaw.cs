namespace Eigenscope.Statistics;

/// <summary>The families of laws that are fitted to a tail.</summary>
public enum TailLaw
{
    /// <summary>x^(-alpha)</summary>
    PowerLaw,

    /// <summary>x^(-alpha) exp(-Lambda x)</summary>
    TruncatedPowerLaw,

    /// <summary>exp(-lambda x)</summary>
    Exponential,

    /// <summary>x^(beta - 1) exp(-c (x / xmin)^beta)</summary>
    StretchedExponential,

    /// <summary>exp(-(ln x - mu)^2 / (2 sigma^2)) / x</summary>
    Lognormal,
}
