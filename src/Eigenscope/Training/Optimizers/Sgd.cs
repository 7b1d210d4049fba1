using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Networks;

namespace Eigenscope.Training.Optimizers;

/// <summary>Gradient descent with heavy-ball momentum (Polyak 1964): v := mu v + (g + decay w), w := w - rate v; v begins at zero.</summary>
internal sealed class Sgd : Optimizer
{
    private readonly double momentum;
    private readonly double decay;
    private readonly RowMajor[] velocities;

    /// <param name="parameters">What is trained.</param>
    /// <param name="momentum">mu; without it nothing is kept.</param>
    /// <param name="decay">The decay of matrices.</param>
    public Sgd(IReadOnlyList<Parameter> parameters, double momentum, double decay)
        : base(parameters)
    {
        (this.momentum, this.decay) = (momentum, decay);
        velocities = momentum == 0 ? [] : Zeros(parameters);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Parameter Parameter, RowMajor Values)> State => velocities.Zip(Parameters, (velocity, parameter) => ("momentum", parameter, velocity));

    /// <inheritdoc/>
    public override void Update(long step, double rate, double scale)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            var (w, g) = (Parameters[i].Value.Values, Parameters[i].Gradient.Values);
            Update(w, g, velocities.Length == 0 ? g : velocities[i].Values, velocities.Length == 0 ? 0 : momentum, Parameters[i].IsMatrix ? decay : 0, rate, scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(Span<double> w, ReadOnlySpan<double> g, Span<double> v, double momentum, double decay, double rate, double scale)
    {
        var (mu, d, step, factor) = (Vector512.Create(momentum), Vector512.Create(decay), Vector512.Create(-rate), Vector512.Create(scale));
        for (var i = 0; i < w.Length; i += Lanes.Count)
        {
            var weight = Vector512.Create<double>(w[i..]);
            var gradient = Vector512.FusedMultiplyAdd(d, weight, factor * Vector512.Create(g[i..]));
            var velocity = momentum == 0 ? gradient : Vector512.FusedMultiplyAdd(mu, Vector512.Create<double>(v[i..]), gradient);
            if (momentum != 0)
            {
                velocity.CopyTo(v[i..]);
            }

            Vector512.FusedMultiplyAdd(step, velocity, weight).CopyTo(w[i..]);
        }
    }
}
