using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Networks;

/// <summary>A network: from a batch to a row of outputs for each of its targets.</summary>
internal abstract class Network
{
    /// <summary>What is trained, in the order of files; what two layers have in common is there once.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The outputs, a row for each target.</summary>
    public abstract RowMajor Forward(Batch batch, Execution execution);

    /// <summary>From the derivatives of the loss by the outputs to the gradients of all parameters.</summary>
    public abstract void Backward(RowMajor gradient, Execution execution);

    /// <summary>A new network with the weights of a seed.</summary>
    public static Network Of(NetworkOptions options, DataShape shape, ulong seed)
    {
        Network network = options.Kind switch
        {
            NetworkKind.Mlp => new Mlp(options, shape.Inputs, shape.Outputs),
            NetworkKind.Transformer => new LanguageModel(options, shape.Outputs),
            NetworkKind.Vit => new VisionTransformer(options, shape.Side, shape.Outputs),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, null),
        };
        network.Initialize(options, seed);
        return network;
    }

    /// <summary>Draws the weights.</summary>
    protected abstract void Initialize(NetworkOptions options, ulong seed);
}
