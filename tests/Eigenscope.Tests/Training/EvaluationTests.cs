using Eigenscope.LinearAlgebra;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Xunit;

namespace Eigenscope.Tests.Training;

public sealed class EvaluationTests
{
    private static readonly TrainingOptions Options = TrainingOptions.For(NetworkKind.Mlp) with
    {
        Network = new() { Width = 16, Depth = 1 },
        Data = new() { Examples = 100, HeldOut = 30 },
        BatchSize = 8,
        Steps = 5,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<NetworkKind> Kinds => [.. Enum.GetValues<NetworkKind>()];

    /// <summary>To the bit: the same examples in the same mini-batches.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_weights_of_a_checkpoint_give_its_log(NetworkKind kind)
    {
        var options = TrainingOptions.For(kind);
        options = options with
        {
            Network = options.Network with { Width = 16, Depth = 1, Heads = 2, Context = 16 },
            Data = options.Data with { Examples = 100, HeldOut = 30 },
            Optimizer = options.Optimizer with { WarmUp = 0 },
            BatchSize = 8,
            Steps = 5,
            Seed = 3,
        };
        var (data, checkpoint) = (TrainingData.Of(options, Cancellation), Last(options));
        var found = Evaluation.Of(options with { Seed = 4, Threads = 2 }, [.. checkpoint.Weights.Reverse()], data, cancellation: Cancellation);
        Assert.Equal(new Evaluation(checkpoint.Log.HeldOutLoss, checkpoint.Log.HeldOutAccuracy), found);
    }

    /// <summary>Zero weights give equal scores to ten classes: a loss of ln 10 within ten additions of eps each, and the first class, which every tenth example has.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Zero_weights_know_nothing(bool onTraining)
    {
        IReadOnlyList<NamedWeights> zeros = [.. Last(Options).Weights.Select(one => one with { Values = new DenseMatrix(one.Values.Rows, one.Values.Columns, new double[one.Values.Rows * one.Values.Columns]) })];
        var found = Evaluation.Of(Options, zeros, onTraining: onTraining, cancellation: Cancellation);
        Assert.Equal(Math.Log(10), found.Loss, 1e-14);
        Assert.Equal(0.1, found.Accuracy!.Value, 1e-15);
    }

    /// <summary>A network that learned its hundred examples by heart knows them all, and not all others.</summary>
    [Fact]
    public void Examples_for_training_are_others_than_those_held_out()
    {
        var options = Options with { Data = Options.Data with { Noise = 1 }, Steps = 300 };
        var weights = Last(options).Weights;
        Assert.Equal(1, Evaluation.Of(options, weights, onTraining: true, cancellation: Cancellation).Accuracy);
        Assert.True(Evaluation.Of(options, weights, cancellation: Cancellation).Accuracy < 0.95);
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        var weights = Last(Options).Weights;
        Assert.Contains("head.bias are missing", Refused([.. weights.Where(one => one.Name != "head.bias")]), StringComparison.Ordinal);
        Assert.Contains("layers.0.bias are 1 x 10, not 1 x 16", Refused([.. weights.Select(one => one.Name == "layers.0.bias" ? one with { Values = weights[^1].Values } : one)]), StringComparison.Ordinal);
        Assert.Contains("no weights layers.1.bias", Refused([.. weights, weights[^1] with { Name = "layers.1.bias" }]), StringComparison.Ordinal);
    }

    private static string Refused(IReadOnlyList<NamedWeights> weights) => Assert.Throws<TrainingException>(() => Evaluation.Of(Options, weights, cancellation: Cancellation)).Message;

    private static TrainingCheckpoint Last(TrainingOptions options)
    {
        TrainingCheckpoint? last = null;
        TrainingRun.Start(options, checkpoint => last = checkpoint, cancellation: Cancellation);
        return last!;
    }
}
