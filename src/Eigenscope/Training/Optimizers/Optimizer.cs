using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Networks;

namespace Eigenscope.Training.Optimizers;

/// <summary>Moves parameters against their gradients.</summary>
/// <param name="parameters">What is trained.</param>
internal abstract class Optimizer(IReadOnlyList<Parameter> parameters)
{
    /// <summary>What is trained.</summary>
    protected IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>What must be kept, beside the weights, to go on as if nothing had happened.</summary>
    public abstract IEnumerable<(string Name, Parameter Parameter, RowMajor Values)> State { get; }

    /// <summary>The optimiser of some options.</summary>
    public static Optimizer Of(OptimizerOptions options, IReadOnlyList<Parameter> parameters) => options.Kind switch
    {
        OptimizerKind.Sgd => new Sgd(parameters, options.Momentum, options.WeightDecay),
        OptimizerKind.AdamW => new AdamW(parameters, options.Beta1, options.Beta2, options.WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, null),
    };

    /// <summary>Makes one update.</summary>
    /// <param name="step">How many updates there were before.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="scale">What all gradients are multiplied by; 1 unless they are clipped.</param>
    public abstract void Update(long step, double rate, double scale);

    /// <summary>A buffer of zeros for each parameter.</summary>
    protected static RowMajor[] Zeros(IReadOnlyList<Parameter> of) => [.. of.Select(parameter => new RowMajor(parameter.Value.Rows, parameter.Value.Columns))];
}
