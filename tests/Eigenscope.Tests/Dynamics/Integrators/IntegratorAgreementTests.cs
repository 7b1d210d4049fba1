using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Integrators;

/// <summary>Paths of matrices and of singular values have one law: two-sample tests of each order statistic, with fixed seeds. One test in ten thousand would fail by chance.</summary>
public sealed class IntegratorAgreementTests
{
    private const double Chance = 1e-4;

    public static TheoryData<string, SimulationOptions> Cases { get; } = new()
    {
        { "decay", Of(SimulationStart.Eigenvalues(9, [0.5, 1.5, 3, 9]), MatrixDrift.Decay(0.6), MatrixNoise.Isotropic(0.7)) },
        { "square, zeros and repeated values", Of(SimulationStart.Eigenvalues(5, [0, 0, 1, 1, 1]), MatrixDrift.None, MatrixNoise.Isotropic(1)) },
        { "from zeros", Of(SimulationStart.Zeros(8, 5), MatrixDrift.Decay(-0.5), MatrixNoise.Isotropic(0.5)) },
        { "multiplicative", Of(SimulationStart.Eigenvalues(7, [0.5, 1, 4]), MatrixDrift.Decay(1), MatrixNoise.Multiplicative(0.6, 0.8)) },
        { "one column", Of(SimulationStart.Eigenvalues(2, [0.01]), MatrixDrift.Decay(1), MatrixNoise.Isotropic(1)) },
        { "one element", Of(SimulationStart.Eigenvalues(1, [0.01]), MatrixDrift.Decay(1), MatrixNoise.Isotropic(1)) },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Singular_values_follow_the_law_of_the_matrix(string name, SimulationOptions options)
    {
        Assert.NotEmpty(name);
        var matrix = Run(options);
        var values = Run(options with { Integrator = Integrator.SingularValues, Seed = 2 });
        Assert.All(TwoSampleTest.Of(matrix, values), test => Assert.InRange(test.PValue, Chance, 1));
    }

    [Fact]
    public void Explicit_eigenvalues_follow_the_law_of_the_matrix()
    {
        var options = Of(SimulationStart.Eigenvalues(9, [0.5, 1.5, 3]), MatrixDrift.Decay(0.6), MatrixNoise.Multiplicative(0.7, 0.3)) with { Paths = 1000 };
        Assert.All(TwoSampleTest.Of(Run(options), Run(options with { Integrator = Integrator.Explicit, Seed = 2 })), test => Assert.InRange(test.PValue, Chance, 1));
    }

    [Fact]
    public void A_drift_of_singular_values_acts_as_the_same_drift_of_the_matrix()
    {
        var options = Of(SimulationStart.Eigenvalues(6, [1, 4]), MatrixDrift.Of((w, g) => Scale(w, 0.8, g)), MatrixNoise.Isotropic(0.5)) with { Paths = 1500 };
        var modes = options with { Drift = MatrixDrift.None, ModeGradient = (sigma, g) => Scale(sigma, 0.8, g), Integrator = Integrator.SingularValues, Seed = 2 };
        Assert.All(TwoSampleTest.Of(Run(options), Run(modes)), test => Assert.InRange(test.PValue, Chance, 1));
    }

    [Fact]
    public void Exact_transitions_and_small_steps_of_a_quadratic_loss_agree()
    {
        DenseMatrix a = new(3, 3, [2, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 0.5]), b = new(2, 2, [1, -0.3, -0.3, 0.7]), target = new(3, 2, [1, 0, 2, -1, 0.5, 0]);
        var options = Of(SimulationStart.Random(3, 2, 1, 5), MatrixDrift.Quadratic(a, b, target), MatrixNoise.Isotropic(0.4));
        var steps = options with { Drift = MatrixDrift.Of((w, g) => Quadratic(a, b, target, w, g)), Seed = 2 };
        Assert.True(options.IsExact);
        Assert.False(steps.IsExact);
        Assert.All(TwoSampleTest.Of(Run(options), Run(steps)), test => Assert.InRange(test.PValue, Chance, 1));
    }

    [Fact]
    public void A_pull_ends_at_its_target()
    {
        var options = Of(SimulationStart.Eigenvalues(3, [1, 2]), MatrixDrift.Pull(5, new DenseMatrix(3, 2, [3, 0, 0, 2, 0, 0])), MatrixNoise.Isotropic(0.1)) with { Times = [10], Paths = 2000 };
        var point = Run(options).Points[0];
        // 5 standard errors; the mean of the trace is 13 + 6 * 0.01 / 10.
        Assert.Equal(13.006, point.Moments[0].Exact!.Value, 1e-10);
        Assert.All(point.Moments, moment => Assert.InRange(moment.Z!.Value, -5, 5));
    }

    [Fact]
    public void Kronecker_noise_has_the_trace_of_its_factors()
    {
        DenseMatrix rows = new(3, 3, [2, 1, 0, 1, 2, 0, 0, 0, 1]), columns = new(2, 2, [1, 0.5, 0.5, 3]);
        var options = Of(SimulationStart.Zeros(3, 2), MatrixDrift.None, MatrixNoise.Kronecker(rows, columns)) with { Times = [0.5], Paths = 4000 };
        var trace = Run(options).Points[0].Moments[0];
        Assert.Null(trace.Exact);
        Assert.InRange((trace.Value.Value - (0.5 * 5 * 4)) / trace.Value.StandardError, -5, 5);
    }

    [Fact]
    public void The_paper_moves_singular_values_by_another_law()
    {
        var options = Of(SimulationStart.Eigenvalues(9, [0.5, 1.5, 3, 9]), MatrixDrift.Decay(0.6), MatrixNoise.Isotropic(0.7)) with { Integrator = Integrator.SingularValues, PaperCompat = true, Paths = 600, Times = [0.8] };
        var implicitly = Run(options).Points[0];
        // A reference of 600 paths has z from -28 to -33.
        Assert.All(implicitly.Moments.Take(3), moment => Assert.InRange(moment.Z!.Value, -60, -15));
        var explicitly = Run(options with { Integrator = Integrator.Explicit, Seed = 9 }).Points[0];
        Assert.All(implicitly.Eigenvalues.Zip(explicitly.Eigenvalues), pair =>
            Assert.InRange((pair.First.Mean.Value - pair.Second.Mean.Value) / double.Hypot(pair.First.Mean.StandardError, pair.Second.Mean.StandardError), -5, 5));
    }

    private static SimulationOptions Of(SimulationStart start, MatrixDrift drift, MatrixNoise noise) => new()
    {
        Start = start,
        Times = [0.5],
        Drift = drift,
        Noise = noise,
        Paths = 2000,
        Step = 0.01,
        Seed = 1,
        Threads = 2,
    };

    private static PathEnsemble Run(SimulationOptions options) => Simulation.Run(options, cancellation: TestContext.Current.CancellationToken);

    private static void Scale(ReadOnlySpan<double> x, double factor, Span<double> result)
    {
        for (var i = 0; i < x.Length; i++)
        {
            result[i] = factor * x[i];
        }
    }

    private static void Quadratic(DenseMatrix a, DenseMatrix b, DenseMatrix target, ReadOnlySpan<double> w, Span<double> g)
    {
        g.Clear();
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < b.Rows; j++)
            {
                for (var k = 0; k < a.Rows; k++)
                {
                    for (var l = 0; l < b.Rows; l++)
                    {
                        g[(i * b.Rows) + j] += a[i, k] * (w[(k * b.Rows) + l] - target[k, l]) * b[l, j];
                    }
                }
            }
        }
    }
}
