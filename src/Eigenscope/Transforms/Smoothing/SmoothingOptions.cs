namespace Eigenscope.Transforms;

/// <summary>How smoothing chooses the singular values of a layer that it keeps.</summary>
public enum SmoothingMethod
{
    /// <summary>The tail of unit determinant (<c>detX_num</c>).</summary>
    UnitDeterminant,

    /// <summary>The tail of the power law that is fitted (<c>num_pl_spikes</c>).</summary>
    PowerLaw,

    /// <summary>The spikes beyond WeightWatcher's density fit (<c>num_spikes</c>).</summary>
    DensityFit,

    /// <summary>A share of all; a negative share leaves out as many of the largest.</summary>
    Percent,
}

/// <summary>How a model is smoothed.</summary>
public sealed record SmoothingOptions : ReshapingOptions
{
    /// <summary>How singular values are chosen.</summary>
    public SmoothingMethod Method { get; init; }

    /// <summary>The share for <see cref="SmoothingMethod.Percent"/>, -1 to 1.</summary>
    public double Percent { get; init; } = 0.8;
}
