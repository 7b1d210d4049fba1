using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.Training.Networks;

/// <summary>A function of one number, eight at a time.</summary>
internal interface IActivationFunction
{
    /// <summary>f(x).</summary>
    static abstract Vector512<double> Value(Vector512<double> x);

    /// <summary>f'(x).</summary>
    static abstract Vector512<double> Slope(Vector512<double> x);
}

/// <summary>Applies a function to each number.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed class Activation<TFunction> : ILayer
    where TFunction : struct, IActivationFunction
{
    /// <summary>Numbers that a thread takes at once, a multiple of <see cref="Lanes.Count"/>.</summary>
    private const int Portion = 16384;

    private RowMajor? inputs;
    private RowMajor? outputs;
    private RowMajor? inputGradient;

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => [];

    /// <inheritdoc/>
    public RowMajor Forward(RowMajor inputs, Execution execution)
    {
        this.inputs = inputs;
        var y = RowMajor.Reuse(ref outputs, inputs.Rows, inputs.Columns);
        ForEachPortion(y.Values.Length, execution, (from, length) => Apply(inputs.Values.AsSpan(from, length), y.Values.AsSpan(from, length)));
        return y;
    }

    /// <inheritdoc/>
    public RowMajor Backward(RowMajor gradient, Execution execution)
    {
        var (x, dx) = (inputs!, RowMajor.Reuse(ref inputGradient, gradient.Rows, gradient.Columns));
        ForEachPortion(dx.Values.Length, execution, (from, length) => Multiply(x.Values.AsSpan(from, length), gradient.Values.AsSpan(from, length), dx.Values.AsSpan(from, length)));
        return dx;
    }

    private static void ForEachPortion(int count, Execution execution, Action<int, int> work) =>
        execution.ForEach((count + Portion - 1) / Portion, piece => work(piece * Portion, Math.Min(Portion, count - (piece * Portion))));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i += Lanes.Count)
        {
            TFunction.Value(Vector512.Create(x[i..])).CopyTo(y[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> dx)
    {
        for (var i = 0; i < x.Length; i += Lanes.Count)
        {
            (TFunction.Slope(Vector512.Create(x[i..])) * Vector512.Create(dy[i..])).CopyTo(dx[i..]);
        }
    }
}

/// <summary>The layer of each <see cref="ActivationKind"/>.</summary>
internal static class Activations
{
    /// <summary>A new layer.</summary>
    public static ILayer Layer(ActivationKind kind) => kind switch
    {
        ActivationKind.Relu => new Activation<Relu>(),
        ActivationKind.Gelu => new Activation<Gelu>(),
        ActivationKind.Tanh => new Activation<HyperbolicTangent>(),
        ActivationKind.Silu => new Activation<Silu>(),
        ActivationKind.Identity => new Activation<Identity>(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>max(x, 0); its slope at zero is zero.</summary>
    private readonly struct Relu : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Value(Vector512<double> x) => Vector512.Max(x, Vector512<double>.Zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Slope(Vector512<double> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), Vector512<double>.One, Vector512<double>.Zero);
    }

    /// <summary>x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, the Gaussian error linear unit in the form of GPT-2 (Hendrycks and Gimpel 2016).</summary>
    private readonly struct Gelu : IActivationFunction
    {
        private const double Cubic = 0.044715;

        /// <summary>2 sqrt(2 / pi): (1 + tanh(z)) / 2 is the logistic function of 2 z.</summary>
        private const double TwiceRoot = 1.5957691216057308;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Value(Vector512<double> x) => x * Gate(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Slope(Vector512<double> x)
        {
            var gate = Gate(x);
            var inner = Vector512.FusedMultiplyAdd(x * x, Vector512.Create(3 * Cubic), Vector512<double>.One) * Vector512.Create(TwiceRoot);
            return Vector512.FusedMultiplyAdd(x * inner, gate * (Vector512<double>.One - gate), gate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<double> Gate(Vector512<double> x) =>
            Exponential.Logistic(x * Vector512.FusedMultiplyAdd(x * x, Vector512.Create(Cubic), Vector512<double>.One) * Vector512.Create(TwiceRoot));
    }

    /// <summary>tanh(x).</summary>
    private readonly struct HyperbolicTangent : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Value(Vector512<double> x) => Exponential.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Slope(Vector512<double> x)
        {
            var y = Exponential.Tanh(x);
            return Vector512<double>.One - (y * y);
        }
    }

    /// <summary>x / (1 + exp(-x)), the sigmoid linear unit.</summary>
    private readonly struct Silu : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Value(Vector512<double> x) => x * Exponential.Logistic(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Slope(Vector512<double> x)
        {
            var gate = Exponential.Logistic(x);
            return Vector512.FusedMultiplyAdd(x, gate * (Vector512<double>.One - gate), gate);
        }
    }

    /// <summary>x: a network of it is linear.</summary>
    private readonly struct Identity : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Value(Vector512<double> x) => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Slope(Vector512<double> x) => Vector512<double>.One;
    }
}
