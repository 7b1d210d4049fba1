using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;
using Eigenscope.Training.Networks;

namespace Eigenscope.Training;

/// <summary>
/// Trains a small network, float64 throughout. The weights are a function of the options alone, bit for bit, whatever the number of threads and the width of the machine's registers; several trainings may
/// run at once, each on a thread of its own.
/// </summary>
public static class TrainingRun
{
    /// <summary>Trains in memory.</summary>
    /// <param name="options">What is trained, on what, and how.</param>
    /// <param name="atCheckpoint">Is handed each checkpoint, with a copy of the weights, as soon as it is reached; null for none.</param>
    /// <param name="data">The data of these options, where they were made before (<see cref="TrainingData.Of"/>); null to make them.</param>
    /// <param name="atGradient">Is handed each gradient that <see cref="TrainingOptions.KeptGradients"/> asks for, before its update.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancellation">Stops the training within a step.</param>
    /// <returns>The log of all checkpoints.</returns>
    /// <exception cref="TrainingException">The options or the data cannot be used, or the training diverges.</exception>
    public static IReadOnlyList<TrainingLogEntry> Start(
        TrainingOptions options,
        Action<TrainingCheckpoint>? atCheckpoint = null,
        TrainingData? data = null,
        Action<KeptGradient>? atGradient = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Check();
        using var execution = Execution.On(options.Threads, cancellation);
        var trainer = new Trainer(options, data ?? TrainingData.Of(options, cancellation), execution);
        var log = new List<TrainingLogEntry>();
        Run(
            trainer,
            options,
            () =>
            {
                log.Add(trainer.Log());
                var gradients = trainer.MeasureGradients();
                atCheckpoint?.Invoke(new TrainingCheckpoint(log[^1], Copies(trainer.Network.Parameters, parameter => parameter.Value), gradients));
            },
            atGradient,
            progress,
            cancellation);
        return log;
    }

    /// <summary>Trains from the present step to the last.</summary>
    /// <param name="trainer">The network in training.</param>
    /// <param name="options">The options.</param>
    /// <param name="atCheckpoint">Is called at each checkpoint.</param>
    /// <param name="atGradient">Is handed each gradient that is kept.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancellation">Stops the training within a step.</param>
    internal static void Run(Trainer trainer, TrainingOptions options, Action atCheckpoint, Action<KeptGradient>? atGradient, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var checkpoints = options.SaveAt.Append(options.Steps).ToHashSet();
        if (!trainer.WasRestored && checkpoints.Contains(0))
        {
            atCheckpoint();
        }

        while (trainer.Step < options.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            var loss = trainer.Differentiate();
            if (options.KeptGradients is { } kept && trainer.Step >= kept.From && trainer.Step <= kept.To)
            {
                atGradient?.Invoke(new KeptGradient(trainer.Step, trainer.NextRate, Copies(trainer.Network.Parameters, parameter => parameter.Gradient)));
            }

            trainer.Update();
            progress?.Report(new TrainingProgress(trainer.Step, options.Steps, loss));
            if (checkpoints.Contains(trainer.Step))
            {
                atCheckpoint();
            }
        }
    }

    /// <summary>Copies of weights or gradients.</summary>
    internal static IReadOnlyList<NamedWeights> Copies(IReadOnlyList<Parameter> parameters, Func<Parameter, RowMajor> of) =>
        [.. parameters.Select(parameter => new NamedWeights(parameter.Name, parameter.Shape, of(parameter).ToDense()))];
}
