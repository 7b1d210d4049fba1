using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>One step of training as it is streamed.</summary>
/// <param name="Step">The step that weights have after it.</param>
/// <param name="Gradient">The mini-batch's gradient without weight decay, of the shape of W.</param>
/// <param name="LearningRate">eta of this step, from 0.</param>
public sealed record GradientStep(long Step, IMatrix Gradient, double LearningRate);

/// <summary>How singular values and vectors follow a change of the matrix.</summary>
public enum StreamedMethod
{
    /// <summary>The singular value decomposition of what is tracked together with the change, in a basis that holds what the change makes of the tracked vectors (after Brand 2006).</summary>
    Brand,

    /// <summary>First-order perturbation of values and vectors, the part outside of the tracked vectors included; the vectors are made orthonormal again.</summary>
    FirstOrder,

    /// <summary>
    /// The perturbation as published with arXiv 2507.12709: without the part outside of the tracked vectors, and with a_ji / (s_i - s_j) + a_ij / (s_i + s_j) in place of the right coefficient. Wrong at
    /// first order; only for comparison with that work.
    /// </summary>
    Published,
}

/// <summary>How a spectrum is streamed.</summary>
public sealed record StreamedOptions
{
    /// <summary>k, how many singular values are tracked, from 1; cut to M, and with k = M nothing is lost.</summary>
    public int Modes { get; init; } = 20;

    /// <summary>How they follow.</summary>
    public StreamedMethod Method { get; init; } = StreamedMethod.Brand;

    /// <summary>mu of heavy-ball momentum: v := mu v + g, W := W - eta v; 0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>w, the weight decay, from 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>False adds w W to the gradient, and so to the velocity, as SGD does; true multiplies weights by 1 - eta w beside it.</summary>
    public bool IsDecayDecoupled { get; init; }

    /// <summary>The most threads that work on a product, at least 1. Never changes a number.</summary>
    public int Threads { get; init; } = 1;
}
