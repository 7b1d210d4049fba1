using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;
using Eigenscope.Training.Gradients;
using Eigenscope.Training.Networks;
using Eigenscope.Training.Optimizers;

namespace Eigenscope.Training;

/// <summary>A network in training: weights, optimiser and place in the data, step by step.</summary>
internal sealed class Trainer
{
    private readonly TrainingOptions options;
    private readonly TrainingData data;
    private readonly Execution execution;
    private readonly BatchOrder order;
    private readonly Batch batch = new();
    private double lossSum;
    private int lossCount;

    /// <param name="options">The options, checked.</param>
    /// <param name="data">The data of these options.</param>
    /// <param name="execution">How the work is done.</param>
    public Trainer(TrainingOptions options, TrainingData data, Execution execution)
    {
        (this.options, this.data, this.execution) = (options, data, execution);
        Network = Network.Of(options.Network, data.Shape, (ulong)options.Seed);
        Optimizer = Optimizer.Of(options.Optimizer, Network.Parameters);
        order = new BatchOrder((ulong)options.Seed, data.TrainingCount, options.BatchSize, options.IndependentBatches);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How many updates were made.</summary>
    public int Step { get; private set; }

    /// <summary>True where it goes on from a checkpoint, which has been dealt with.</summary>
    public bool WasRestored { get; private set; }

    /// <summary>The length of the last mini-batch's gradient.</summary>
    public double? GradientNorm { get; private set; }

    /// <summary>The rate of the update that follows.</summary>
    public double NextRate => Rate(Step);

    /// <summary>Computes the loss of the next mini-batch and its gradient.</summary>
    /// <exception cref="TrainingException">The loss is no number.</exception>
    public double Differentiate()
    {
        var loss = Finite(Differentiate(order.Of(Step)));
        lossSum += loss;
        lossCount++;
        GradientNorm = Norm();
        return loss;
    }

    /// <summary>Makes the update that follows <see cref="Differentiate()"/>.</summary>
    public void Update()
    {
        Optimizer.Update(Step, NextRate, options.Optimizer.ClipNorm is { } most && GradientNorm > most ? most / GradientNorm.Value : 1);
        Step++;
    }

    /// <summary>Says that weights and optimiser are those after so many updates.</summary>
    public void RestoreAt(int step) => (Step, WasRestored) = (step, true);

    /// <summary>What is to be said at a checkpoint. Losses are counted anew from here.</summary>
    /// <exception cref="TrainingException">The loss of what is held out is no number.</exception>
    public TrainingLogEntry Log()
    {
        var (loss, accuracy) = Evaluation.Of(Network, options, data, isHeldOut: true, execution);
        var entry = new TrainingLogEntry(Step, lossCount == 0 ? null : lossSum / lossCount, Finite(loss), accuracy, Rate(Math.Max(0, Step - 1)), GradientNorm);
        (lossSum, lossCount) = (0, 0);
        return entry;
    }

    /// <summary>Statistics of the gradients of independent mini-batches at the present weights; those of the parameters are lost.</summary>
    public IReadOnlyList<MatrixGradientStatistics> MeasureGradients()
    {
        if (options.GradientBatches == 0)
        {
            return [];
        }

        GradientAccumulator[] accumulators = [.. Network.Parameters.Where(parameter => parameter.IsMatrix).Select(parameter => new GradientAccumulator(parameter, execution.Cancellation))];
        var examples = new int[options.BatchSize];
        var seed = Seeds.Of((ulong)options.Seed, Seeds.Use.Gradients, Step);
        for (var k = 0; k < options.GradientBatches; k++)
        {
            BatchOrder.Draw(Seeds.Of(seed, Seeds.Use.Gradients, k), data.TrainingCount, examples);
            Differentiate(examples);
            Array.ForEach(accumulators, accumulator => accumulator.Add(execution));
        }

        return Array.ConvertAll(accumulators, accumulator => accumulator.Finish());
    }

    private double Differentiate(ReadOnlySpan<int> examples)
    {
        data.Fill(batch, examples, isHeldOut: false);
        var outputs = Network.Forward(batch, execution);
        var loss = Losses.Of(options.Loss, outputs, batch);
        Network.Backward(outputs, execution);
        return loss;
    }

    private double Finite(double loss) => double.IsFinite(loss)
        ? loss
        : throw new TrainingException($"the training diverges: the loss of step {Step} is {loss}; a lower learning rate may help") { IsDivergence = true };

    private double Norm()
    {
        var sum = 0.0;
        foreach (var parameter in Network.Parameters)
        {
            sum += Lanes.Dot(parameter.Gradient.Elements, parameter.Gradient.Elements);
        }

        return Math.Sqrt(sum);
    }

    private double Rate(int step) => LearningRate.At(step, options.Optimizer, options.Steps);
}
