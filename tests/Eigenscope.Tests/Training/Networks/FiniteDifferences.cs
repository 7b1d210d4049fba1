using Eigenscope.LinearAlgebra;
using Eigenscope.Training.Networks;
using Xunit;

namespace Eigenscope.Tests.Training.Networks;

/// <summary>
/// Derivatives by central differences of fourth order, (8 (f(h) - f(-h)) - (f(2 h) - f(-2 h))) / 12 h: with h = 1e-3 the error is about h^4 times the fifth derivative, 1e-12, and eps f / h, 2e-13.
/// </summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-3;

    /// <summary>The largest error, relative to the length of a parameter's gradient.</summary>
    private const double Bound = 1e-6;

    /// <summary>Gradients that vanish by symmetry, such as that of the bias of keys, are held against this share of the whole.</summary>
    private const double Floor = 1e-4;

    /// <summary>Asserts that gradients are what differences of the loss say.</summary>
    /// <param name="loss">Computes the loss anew.</param>
    /// <param name="gradients">Weights and what was computed as their gradient, which must not change any more.</param>
    public static void Confirm(Func<double> loss, IReadOnlyList<(string Name, RowMajor Value, double[] Gradient)> gradients)
    {
        var whole = Math.Sqrt(gradients.Sum(one => one.Gradient.Sum(g => g * g)));
        Assert.True(whole > 0);
        foreach (var (name, value, gradient) in gradients)
        {
            var error = Math.Sqrt(Enumerable.Range(0, gradient.Length).Sum(i => Math.Pow(Derivative(loss, value.Values, i) - gradient[i], 2)));
            var length = Math.Max(Math.Sqrt(gradient.Sum(g => g * g)), Floor * whole);
            Assert.True(error < Bound * length, $"{name}: an error of {error} beside {length}");
        }
    }

    /// <summary>The gradients of parameters, copied.</summary>
    public static IReadOnlyList<(string Name, RowMajor Value, double[] Gradient)> Gradients(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(parameter => (parameter.Name, parameter.Value, parameter.Gradient.Elements.ToArray()))];

    private static double Derivative(Func<double> loss, double[] values, int i)
    {
        var kept = values[i];
        var difference = (8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step));
        values[i] = kept;
        return difference / (12 * Step);

        double At(double h)
        {
            values[i] = kept + h;
            return loss();
        }
    }
}
