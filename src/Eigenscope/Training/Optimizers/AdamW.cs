using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Networks;

namespace Eigenscope.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015) with decoupled decay (Loshchilov and Hutter 2019): m := b1 m + (1 - b1) g, v := b2 v + (1 - b2) g^2,
/// w := (1 - rate decay) w - rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8) with t counted from 1.
/// </summary>
internal sealed class AdamW : Optimizer
{
    private const double Epsilon = 1e-8;

    private readonly double beta1;
    private readonly double beta2;
    private readonly double decay;
    private readonly RowMajor[] means;
    private readonly RowMajor[] squares;

    /// <param name="parameters">What is trained.</param>
    /// <param name="beta1">b1.</param>
    /// <param name="beta2">b2.</param>
    /// <param name="decay">The decay of matrices.</param>
    public AdamW(IReadOnlyList<Parameter> parameters, double beta1, double beta2, double decay)
        : base(parameters)
    {
        (this.beta1, this.beta2, this.decay) = (beta1, beta2, decay);
        (means, squares) = (Zeros(parameters), Zeros(parameters));
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Parameter Parameter, RowMajor Values)> State =>
        means.Zip(Parameters, (mean, parameter) => ("exp_avg", parameter, mean)).Concat(squares.Zip(Parameters, (square, parameter) => ("exp_avg_sq", parameter, square)));

    /// <inheritdoc/>
    public override void Update(long step, double rate, double scale)
    {
        var (first, second) = (1 / (1 - Power(beta1, step + 1)), 1 / (1 - Power(beta2, step + 1)));
        for (var i = 0; i < Parameters.Count; i++)
        {
            var kept = Parameters[i].IsMatrix ? 1 - (rate * decay) : 1;
            Update(Parameters[i].Value.Values, Parameters[i].Gradient.Values, means[i].Values, squares[i].Values, kept, rate * first, second, scale);
        }
    }

    /// <summary>x^n by squares, so that it is the same on every platform.</summary>
    private static double Power(double x, long n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1, x *= x)
        {
            power = (n & 1) == 1 ? power * x : power;
        }

        return power;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(Span<double> w, ReadOnlySpan<double> g, Span<double> m, Span<double> v, double kept, double rate, double correction, double scale)
    {
        var (b1, b2, rest1, rest2) = (Vector512.Create(beta1), Vector512.Create(beta2), Vector512.Create(1 - beta1), Vector512.Create(1 - beta2));
        var (keep, step, second, factor) = (Vector512.Create(kept), Vector512.Create(-rate), Vector512.Create(correction), Vector512.Create(scale));
        for (var i = 0; i < w.Length; i += Lanes.Count)
        {
            var gradient = factor * Vector512.Create(g[i..]);
            var mean = Vector512.FusedMultiplyAdd(b1, Vector512.Create<double>(m[i..]), rest1 * gradient);
            var square = Vector512.FusedMultiplyAdd(b2, Vector512.Create<double>(v[i..]), rest2 * gradient * gradient);
            mean.CopyTo(m[i..]);
            square.CopyTo(v[i..]);
            var direction = mean / (Vector512.Sqrt(square * second) + Vector512.Create(Epsilon));
            Vector512.FusedMultiplyAdd(step, direction, keep * Vector512.Create<double>(w[i..])).CopyTo(w[i..]);
        }
    }
}
