using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>The weights of one layer at one step of its training.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Weights">W, N x M or M x N; read as often as a forecast needs it, and not held.</param>
public sealed record TimedWeights(long Step, IMatrix Weights);
