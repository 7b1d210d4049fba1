using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Networks;

/// <summary>Layers of one width, each a linear map and the activation, and a linear map to the outputs: <c>layers.0</c>, <c>layers.1</c>, ..., <c>head</c>. Of depth zero it is one linear map.</summary>
internal sealed class Mlp : Network
{
    private readonly Chain chain;
    private readonly Parameter[] parameters;

    /// <param name="options">Width, depth and activation.</param>
    /// <param name="inputs">The width of the inputs.</param>
    /// <param name="outputs">The width of the outputs.</param>
    public Mlp(NetworkOptions options, int inputs, int outputs)
    {
        var layers = new List<ILayer>();
        for (var i = 0; i < options.Depth; i++)
        {
            layers.Add(new Linear($"layers.{i}", i == 0 ? inputs : options.Width, options.Width, options.Biases, isFirst: i == 0));
            layers.Add(Activations.Layer(options.Activation));
        }

        layers.Add(new Linear("head", options.Depth == 0 ? inputs : options.Width, outputs, options.Biases, isFirst: options.Depth == 0));
        chain = new Chain([.. layers]);
        parameters = [.. chain.Parameters];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override RowMajor Forward(Batch batch, Execution execution) => chain.Forward(batch.Inputs!, execution);

    /// <inheritdoc/>
    public override void Backward(RowMajor gradient, Execution execution) => chain.Backward(gradient, execution);

    /// <summary>Hidden layers behind a rectifier or the like are drawn larger by sqrt 2 (He et al. 2015).</summary>
    protected override void Initialize(NetworkOptions options, ulong seed)
    {
        var gain = options.Activation is ActivationKind.Relu or ActivationKind.Gelu or ActivationKind.Silu ? Math.Sqrt(2) : 1;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].IsMatrix)
            {
                var isHead = parameters[i].Name == "head.weight";
                InitialWeights.Draw(parameters[i], options.InitialScale * (isHead ? 1 : gain) * InitialWeights.Deviation(parameters[i]), seed, i);
            }
        }
    }
}
