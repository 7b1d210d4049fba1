using Eigenscope.Training;
using Eigenscope.Training.Networks;
using Eigenscope.Training.Optimizers;
using Xunit;

namespace Eigenscope.Tests.Training.Optimizers;

/// <summary>Updates computed by hand.</summary>
public sealed class OptimizerTests
{
    private const double Bound = 1e-15;

    private readonly Parameter matrix = new("w", 1, 2);
    private readonly Parameter vector = new("b", 1);

    public OptimizerTests()
    {
        Set(matrix.Value.Elements, 1, -2);
        Set(vector.Value.Elements, 0.5);
        Set(matrix.Gradient.Elements, 0.5, 4);
        Set(vector.Gradient.Elements, -1);
    }

    [Fact]
    public void Plain_descent()
    {
        new Sgd([matrix, vector], 0, 0).Update(0, 0.1, 1);
        Expect(1 - 0.05, -2 - 0.4, 0.5 + 0.1);
    }

    /// <summary>Decay is added to the gradient of the matrix alone: 0.5 + 0.25 1, 4 - 0.25 2.</summary>
    [Fact]
    public void Decay()
    {
        new Sgd([matrix, vector], 0, 0.25).Update(0, 0.1, 1);
        Expect(1 - 0.075, -2 - 0.35, 0.6);
    }

    /// <summary>v1 = g, v2 = 0.5 g + g.</summary>
    [Fact]
    public void Momentum()
    {
        var optimizer = new Sgd([matrix, vector], 0.5, 0);
        optimizer.Update(0, 0.1, 1);
        optimizer.Update(1, 0.2, 1);
        Expect(1 - (0.1 * 0.5) - (0.2 * 0.75), -2 - 0.4 - (0.2 * 6), 0.5 + 0.1 + (0.2 * 1.5));
        Assert.Equal(["momentum w", "momentum b"], optimizer.State.Select(state => $"{state.Name} {state.Parameter.Name}"));
        Assert.Equal([0.75, 6], optimizer.State.First().Values.Elements.ToArray());
    }

    [Fact]
    public void Clipped_gradients_are_scaled()
    {
        new Sgd([matrix, vector], 0, 0).Update(0, 0.1, 0.5);
        Expect(1 - 0.025, -2 - 0.2, 0.5 + 0.05);
    }

    /// <summary>Whatever the gradient, the first direction is its sign up to 1e-8 / |g|.</summary>
    [Fact]
    public void The_first_step_of_Adam()
    {
        new AdamW([matrix, vector], 0.9, 0.999, 0.1).Update(0, 0.01, 1);
        Expect((1 * (1 - 0.001)) - (0.01 * 0.5 / (0.5 + 1e-8)), (-2 * (1 - 0.001)) - (0.01 * 4 / (4 + 1e-8)), 0.5 + (0.01 / (1 + 1e-8)));
    }

    /// <summary>m = 0.1 g1 + ..., written out for gradients 0.5 and 2 of the first weight.</summary>
    [Fact]
    public void The_second_step_of_Adam()
    {
        var optimizer = new AdamW([matrix, vector], 0.9, 0.99, 0);
        optimizer.Update(0, 0.01, 1);
        Set(matrix.Gradient.Elements, 2, 4);
        var before = matrix.Value.Elements[0];
        optimizer.Update(1, 0.01, 1);
        var m = ((0.9 * 0.1 * 0.5) + (0.1 * 2)) / (1 - 0.81);
        var v = ((0.99 * 0.01 * 0.25) + (0.01 * 4)) / (1 - 0.9801);
        Assert.Equal(before - (0.01 * m / (Math.Sqrt(v) + 1e-8)), matrix.Value.Elements[0], 1e-14);
        Assert.Equal(["exp_avg w", "exp_avg b", "exp_avg_sq w", "exp_avg_sq b"], optimizer.State.Select(state => $"{state.Name} {state.Parameter.Name}"));
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(9, 0.5)]
    [InlineData(14, 0)]
    public void Warm_up_and_cosine(int step, double share) =>
        Assert.Equal(2 * share, LearningRate.At(step, new OptimizerOptions { LearningRate = 2, WarmUp = 4, Cosine = true }, 14), 1e-12);

    [Fact]
    public void A_constant_rate() => Assert.Equal(2, LearningRate.At(99, new OptimizerOptions { LearningRate = 2 }, 100));

    private static void Set(Span<double> to, params double[] values) => values.CopyTo(to);

    private void Expect(double first, double second, double bias)
    {
        Assert.Equal(first, matrix.Value.Elements[0], Bound);
        Assert.Equal(second, matrix.Value.Elements[1], Bound);
        Assert.Equal(bias, vector.Value.Elements[0], Bound);
    }
}
