using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Gradients;

namespace Eigenscope.Training;

/// <summary>Where a training is, in numbers.</summary>
/// <param name="Step">How many updates were made.</param>
/// <param name="Loss">The mean loss of the mini-batches since the checkpoint before, each before its update; null where there were none.</param>
/// <param name="HeldOutLoss">The loss of the examples held out.</param>
/// <param name="HeldOutAccuracy">The share of held-out rows whose largest output is that of their class; null where there are no classes.</param>
/// <param name="LearningRate">The rate of the last update; before the first, that of the first.</param>
/// <param name="GradientNorm">The length of the last mini-batch's gradient, before clipping; null before the first update.</param>
public sealed record TrainingLogEntry(int Step, double? Loss, double HeldOutLoss, double? HeldOutAccuracy, double LearningRate, double? GradientNorm);

/// <summary>A weight matrix or vector at a checkpoint.</summary>
/// <param name="Name">Its name, such as <c>transformer.h.0.attn.q_proj.weight</c>.</param>
/// <param name="Shape">Its shape: one size for a vector.</param>
/// <param name="Values">A copy, float64; a vector is one row.</param>
public sealed record NamedWeights(string Name, IReadOnlyList<int> Shape, DenseMatrix Values)
{
    /// <summary>True for a matrix.</summary>
    public bool IsMatrix => Shape.Count == 2;
}

/// <summary>A training at one of its checkpoints.</summary>
/// <param name="Log">Losses and accuracy.</param>
/// <param name="Weights">All weights, in the order of files.</param>
/// <param name="Gradients">Statistics of the gradient by each weight matrix; empty where none were asked for.</param>
public sealed record TrainingCheckpoint(TrainingLogEntry Log, IReadOnlyList<NamedWeights> Weights, IReadOnlyList<MatrixGradientStatistics> Gradients)
{
    /// <summary>How many updates were made.</summary>
    public int Step => Log.Step;
}

/// <summary>The gradient of one mini-batch, as it is before clipping, decay and momentum.</summary>
/// <param name="Step">How many updates were made before; the gradient is at the weights after them.</param>
/// <param name="LearningRate">The rate of the update that follows.</param>
/// <param name="Gradients">By each parameter, in the order of files.</param>
public sealed record KeptGradient(int Step, double LearningRate, IReadOnlyList<NamedWeights> Gradients);

/// <summary>How far a training is.</summary>
/// <param name="Step">Updates made.</param>
/// <param name="Steps">Updates to be made.</param>
/// <param name="Loss">The loss of the last mini-batch.</param>
public readonly record struct TrainingProgress(int Step, int Steps, double Loss);
