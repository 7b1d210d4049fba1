using System.Text.Json;
using Eigenscope.Dynamics;
using Eigenscope.Tests.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Integrators;

/// <summary>Means of ordered eigenvalues over time against those of another program, which drew 10,000 to 100,000 matrices for each; five combined standard errors, with fixed seeds.</summary>
public sealed class ReferenceTrajectoryTests
{
    private const double Errors = 5;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Exact_means_of_symmetric_polynomials_agree(int index)
    {
        var item = Case(index);
        foreach (var point in item.GetProperty("points").EnumerateArray())
        {
            var decay = point.Number("decay");
            var exact = ExactMoments.Elementary([.. item.Numbers("lam0").Select(x => decay * decay * x)], (int)item.Number("N"), point.Number("v"), item.Numbers("lam0").Length);
            Assert.All(point.Numbers("exact_ek").Zip(exact), pair => Assert.Equal(1, pair.Second / pair.First, 1e-10));
        }
    }

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(1, 10_000)]
    [InlineData(2, 500)]
    public void Matrix_paths_agree(int index, int paths) => Agrees(index, Options(index) with { Paths = paths });

    /// <summary>With a step of 0.01 the errors of the step, about half a percent of a mean at most, are within the standard errors of so many paths.</summary>
    [Theory]
    [InlineData(0, 3_000, 5)]
    [InlineData(1, 3_000, 3)]
    [InlineData(2, 100, 2)]
    public void Singular_value_paths_agree(int index, int paths, int points) =>
        Agrees(index, Options(index) with { Paths = paths, Integrator = Integrator.SingularValues, Step = 0.01, Times = [.. Options(index).Times.Take(points)] });

    [Fact]
    public void Explicit_paths_agree() => Agrees(0, Options(0) with { Paths = 1_000, Integrator = Integrator.Explicit, Times = [0.05, 0.1, 0.2, 0.4, 0.8] });

    private static void Agrees(int index, SimulationOptions options)
    {
        var ensemble = Simulation.Run(options, cancellation: TestContext.Current.CancellationToken);
        var points = Case(index).GetProperty("points").EnumerateArray().ToList();
        foreach (var (point, expected) in ensemble.Points.Zip(points))
        {
            Assert.Equal(expected.Number("t"), point.Time);
            var (means, errors) = (expected.Numbers("E_lambda"), expected.Numbers("se"));
            Assert.All(point.Eigenvalues, value => Assert.InRange(
                (value.Mean.Value - means[^value.Rank]) / double.Hypot(value.Mean.StandardError, errors[^value.Rank]), -Errors, Errors));
            Assert.All(point.Moments, moment => Assert.InRange(moment.Z!.Value, -Errors, Errors));
        }
    }

    private static SimulationOptions Options(int index)
    {
        var item = Case(index);
        return new SimulationOptions
        {
            Start = SimulationStart.Eigenvalues((int)item.Number("N"), item.Numbers("lam0")),
            Times = [.. item.GetProperty("points").EnumerateArray().Select(point => point.Number("t"))],
            Drift = MatrixDrift.Decay(item.Number("beta")),
            Noise = MatrixNoise.Isotropic(item.Number("s")),
            Seed = 11,
            Threads = 2,
        };
    }

    private static JsonElement Case(int index) => TheoryReference.Of("dyson_reference").GetProperty("cases")[index];
}
