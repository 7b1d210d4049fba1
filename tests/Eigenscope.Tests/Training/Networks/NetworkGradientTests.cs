using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Eigenscope.Training.Networks;
using Xunit;

namespace Eigenscope.Tests.Training.Networks;

/// <summary>Whole networks, with each activation and each loss, against differences of the loss.</summary>
public sealed class NetworkGradientTests
{
    private const int Classes = 5;
    private const int Examples = 3;
    private const int Side = 4;

    public static MatrixTheoryData<ActivationKind, LossKind> Perceptrons { get; } = new(Enum.GetValues<ActivationKind>(), Enum.GetValues<LossKind>());

    public static MatrixTheoryData<bool, LossKind> Choices { get; } = new([false, true], Enum.GetValues<LossKind>());

    [Theory]
    [MemberData(nameof(Perceptrons))]
    public void Of_a_perceptron(ActivationKind activation, LossKind loss) =>
        Confirm(new NetworkOptions { Width = 7, Depth = 2, Activation = activation }, new DataShape(Side * Side, Classes), loss, Images());

    [Fact]
    public void Of_a_linear_map_to_targets()
    {
        var batch = new Batch();
        var (inputs, targets) = batch.Targeted(Examples, 6, 3);
        new Draws(1).Normals(inputs.Count).CopyTo(inputs.Elements);
        new Draws(2).Normals(targets.Count).CopyTo(targets.Elements);
        Confirm(new NetworkOptions { Depth = 0, Biases = false }, new DataShape(6, 3), LossKind.Squares, batch);
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void Of_a_language_model(bool isTied, LossKind loss)
    {
        var options = new NetworkOptions { Kind = NetworkKind.Transformer, Width = 6, Depth = 1, Heads = 3, InnerFactor = 2, Context = 4, IsTied = isTied, Activation = ActivationKind.Gelu };
        var batch = new Batch();
        var (tokens, labels) = batch.Text(Examples * options.Context);
        for (var i = 0; i < tokens.Length; i++)
        {
            (tokens[i], labels[i]) = (i * i % Classes, (i + 2) * i % Classes);
        }

        Confirm(options, new DataShape(0, Classes), loss, batch);
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void Of_a_vision_transformer(bool poolsMean, LossKind loss)
    {
        var options = new NetworkOptions { Kind = NetworkKind.Vit, Width = 6, Depth = 1, Heads = 2, InnerFactor = 2, Patch = 2, PoolsMean = poolsMean, Activation = ActivationKind.Silu };
        Confirm(options, new DataShape(Side * Side, Classes, Side), loss, Images());
    }

    private static Batch Images()
    {
        var batch = new Batch();
        var (inputs, labels) = batch.Classified(Examples, Side * Side);
        new Draws(5).Normals(inputs.Count).CopyTo(inputs.Elements);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = i;
        }

        return batch;
    }

    /// <summary>Weights of order one everywhere, so that no gradient is small.</summary>
    private static void Confirm(NetworkOptions options, DataShape shape, LossKind loss, Batch batch)
    {
        var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        var network = Network.Of(options, shape, 1);
        var draws = new Draws(7);
        foreach (var parameter in network.Parameters)
        {
            foreach (ref var weight in parameter.Value.Elements)
            {
                weight += 0.3 * draws.Normal();
            }
        }

        var outputs = network.Forward(batch, execution);
        Losses.Of(loss, outputs, batch);
        network.Backward(outputs, execution);
        FiniteDifferences.Confirm(() => Losses.Of(loss, network.Forward(batch, execution), batch), FiniteDifferences.Gradients(network.Parameters));
    }
}
