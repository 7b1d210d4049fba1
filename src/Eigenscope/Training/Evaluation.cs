using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;
using Eigenscope.Training.Networks;

namespace Eigenscope.Training;

/// <summary>How a network does on examples, all of them once and without an update.</summary>
/// <param name="Loss">The mean loss, from 0; NaN or infinite where outputs are.</param>
/// <param name="Accuracy">The share of rows whose largest output is that of their class, 0 to 1; null where there are no classes.</param>
public sealed record Evaluation(double Loss, double? Accuracy)
{
    /// <summary>Evaluates given weights, such as those of a checkpoint of which some were changed.</summary>
    /// <param name="options">The network, the loss and the examples that are worked on at once; the same options as in training give the bits of its log.</param>
    /// <param name="weights">All weights of the network, in any order.</param>
    /// <param name="data">The data of these options, where they were made before; null to make them.</param>
    /// <param name="onTraining">True for the examples for training; false for those held out.</param>
    /// <param name="cancellation">Stops the work within a mini-batch.</param>
    /// <exception cref="TrainingException">The options or the data cannot be used, or the weights are not those of the network: the message names the first that is missing, of another shape, or too much.</exception>
    public static Evaluation Of(TrainingOptions options, IReadOnlyList<NamedWeights> weights, TrainingData? data = null, bool onTraining = false, CancellationToken cancellation = default)
    {
        options.Check();
        data ??= TrainingData.Of(options, cancellation);
        var network = Network.Of(options.Network, data.Shape, (ulong)options.Seed);
        Put(weights, network.Parameters);
        using var execution = Execution.On(options.Threads, cancellation);
        return Of(network, options, data, !onTraining, execution);
    }

    /// <summary>Evaluates a network as it is.</summary>
    internal static Evaluation Of(Network network, TrainingOptions options, TrainingData data, bool isHeldOut, Execution execution)
    {
        var (loss, right, rows, examples) = (0.0, (int?)0, 0, new int[options.BatchSize]);
        var (batch, all) = (new Batch(), isHeldOut ? data.HeldOutCount : data.TrainingCount);
        for (var first = 0; first < all; first += options.BatchSize)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(options.BatchSize, all - first);
            for (var i = 0; i < count; i++)
            {
                examples[i] = first + i;
            }

            data.Fill(batch, examples.AsSpan(0, count), isHeldOut);
            var outputs = network.Forward(batch, execution);
            right += Losses.Right(outputs, batch);
            loss += Losses.Of(options.Loss, outputs, batch) * outputs.Rows;
            rows += outputs.Rows;
        }

        return new(loss / rows, (double?)right / rows);
    }

    private static void Put(IReadOnlyList<NamedWeights> weights, IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            var given = weights.FirstOrDefault(one => one.Name == parameter.Name);
            TrainingException.Require(given is not null, $"the weights {parameter.Name} are missing");
            TrainingException.Require(given!.Values.Rows == parameter.Value.Rows && given.Values.Columns == parameter.Value.Columns, $"the weights {parameter.Name} are {given.Values.Rows} x {given.Values.Columns}, not {parameter.Value.Rows} x {parameter.Value.Columns}");
            given.Values.Values.Span.CopyTo(parameter.Value.Elements);
        }

        var extra = weights.FirstOrDefault(one => parameters.All(parameter => parameter.Name != one.Name));
        TrainingException.Require(extra is null, $"the network has no weights {extra?.Name}");
    }
}
