using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Training;
using Eigenscope.Training.Networks;
using Xunit;

namespace Eigenscope.Tests.Training.Networks;

/// <summary>Every layer by itself: the derivatives by its inputs and its parameters, for a random linear function of its outputs.</summary>
public sealed class LayerGradientTests
{
    private const int Width = 6;
    private const int Length = 5;

    public static TheoryData<string> Layers => ["linear", "linear without bias", "norm", "causal attention", "attention", "feed-forward", "causal block", "block", "residual", "mean", "first"];

    public static TheoryData<ActivationKind> Activations => [.. Enum.GetValues<ActivationKind>()];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Of_a_layer(string name) => Confirm(Layer(name));

    /// <summary>The inputs are no nearer to the kink of a rectifier than the widest difference.</summary>
    [Theory]
    [MemberData(nameof(Activations))]
    public void Of_an_activation(ActivationKind kind) => Confirm(Eigenscope.Training.Networks.Activations.Layer(kind));

    private static ILayer Layer(string name)
    {
        var options = new NetworkOptions { Width = Width, Heads = 2, InnerFactor = 2, Activation = ActivationKind.Gelu };
        return name switch
        {
            "linear" => new Linear("x", Width, 4),
            "linear without bias" => new Linear("x", Width, 4, hasBias: false),
            "norm" => new LayerNorm("x", Width),
            "causal attention" => new SelfAttention("x", Width, 2, Length, isCausal: true),
            "attention" => new SelfAttention("x", Width, 3, Length, isCausal: false),
            "feed-forward" => new FeedForward("x", Width, 9, ActivationKind.Tanh),
            "causal block" => new TransformerBlock("x", options, Length, isCausal: true),
            "block" => new TransformerBlock("x", options, Length, isCausal: false),
            "residual" => new Residual(new LayerNorm("n", Width), new Linear("x", Width, Width)),
            "mean" => new Pooling(Length, isMean: true),
            "first" => new Pooling(Length, isMean: false),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private static void Confirm(ILayer layer)
    {
        var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        var draws = new Draws(3);
        var inputs = new RowMajor(3 * Length, Width);
        foreach (ref var x in inputs.Elements)
        {
            for (x = draws.Normal(); Math.Abs(x) < 0.01; x = draws.Normal())
            {
            }
        }

        foreach (var parameter in layer.Parameters)
        {
            draws.Normals(parameter.Value.Count).CopyTo(parameter.Value.Elements);
        }

        var outputs = layer.Forward(inputs, execution);
        var weights = new RowMajor(outputs.Rows, outputs.Columns);
        draws.Normals(weights.Count).CopyTo(weights.Elements);
        var dx = layer.Backward(weights, execution).Elements.ToArray();
        FiniteDifferences.Confirm(
            () => Lanes.Dot(layer.Forward(inputs, execution).Elements, weights.Elements),
            [("inputs", inputs, dx), .. FiniteDifferences.Gradients(layer.Parameters)]);
    }
}
