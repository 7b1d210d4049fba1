using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>The noise of the gradient along one singular mode: Var(u_k^T g v_k) over mini-batches.</summary>
/// <param name="Eigenvalue">lambda_k of W^T W, from 0.</param>
/// <param name="Variance">The variance over mini-batches, from 0.</param>
public sealed record ModeVariance(double Eigenvalue, double Variance);

/// <summary>What is known of the gradients at the last checkpoint. The step is W := W - eta v, v := mu v + g + w W.</summary>
/// <param name="Mean">The mean gradient without weight decay, of the shape of W.</param>
/// <param name="Batches">The number of mini-batches of which it is the mean, from 1: its entries have the variance c / Batches.</param>
/// <param name="NoiseVariance">c, the variance of an entry of one mini-batch's gradient, from 0.</param>
/// <param name="LearningRate">eta, positive.</param>
public sealed record GradientStatistics(IMatrix Mean, int Batches, double NoiseVariance, double LearningRate)
{
    /// <summary>mu of heavy-ball momentum, 0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>w, the weight decay, from 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The noise along singular modes, where it was measured.</summary>
    public IReadOnlyList<ModeVariance> Modes { get; init; } = [];

    /// <summary>eta / (1 - mu), what a lasting gradient moves weights by in a step.</summary>
    public double EffectiveRate => MomentumNoise.EffectiveRate(LearningRate, Momentum);

    /// <summary>s^2 = eta^2 c / (1 - mu)^2, the variance that noise adds to a weight in a step of a long run.</summary>
    public double Diffusion => MomentumNoise.Diffusion(LearningRate, NoiseVariance, Momentum);
}
