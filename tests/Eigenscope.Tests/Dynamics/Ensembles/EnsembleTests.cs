using System.Text;
using System.Xml.Linq;
using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Reports;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Ensembles;

public sealed class EnsembleTests
{
    private static readonly SimulationOptions Small = new() { Start = SimulationStart.Eigenvalues(4, [1, 2]), Times = [0.1, 0.3], Drift = MatrixDrift.Decay(1), Paths = 50, Seed = 3 };

    [Theory]
    [InlineData(Integrator.Matrix)]
    [InlineData(Integrator.SingularValues)]
    [InlineData(Integrator.Explicit)]
    public void Threads_never_change_a_byte(Integrator integrator)
    {
        var one = Run(Small with { Integrator = integrator });
        Assert.Equal(SimulationJson.Of(one), SimulationJson.Of(Run(Small with { Integrator = integrator, Threads = 4 })));
        Assert.NotEqual(SimulationJson.Of(one), SimulationJson.Of(Run(Small with { Integrator = integrator, Seed = 4 })));
        Assert.Equal(one.Pooled(1)[..20], Run(Small with { Integrator = integrator, Paths = 10 }).Pooled(1));
    }

    [Fact]
    public void Summaries_are_those_of_the_paths()
    {
        var ensemble = Run(Small);
        var largest = ensemble.OrderStatistic(1, 1);
        Assert.Equal(Enumerable.Range(0, 50).Select(p => ensemble.Eigenvalues(1, p)[1]), largest);
        var summary = ensemble.Points[1].Eigenvalues[0];
        Assert.Equal(largest.Average(), summary.Mean.Value, 1e-12);
        Assert.Equal(summary.Deviation / Math.Sqrt(50), summary.Mean.StandardError, 1e-12);
        Assert.True(summary.Low < summary.LowerQuartile && summary.LowerQuartile < summary.Median && summary.Median < summary.UpperQuartile && summary.UpperQuartile < summary.High);
        Assert.Equal(Enumerable.Range(0, 50).Average(p => ensemble.Eigenvalues(0, p)[0] * ensemble.Eigenvalues(0, p)[1]), ensemble.Points[0].Moments[1].Value.Value, 1e-12);
    }

    [Fact]
    public void Symmetric_polynomials_by_hand()
    {
        Assert.Equal([1.0, 6, 11, 6], ExactMoments.Elementary([1, 2, 3], 3));
        // Pure noise: E det of a 3 x 2 Gaussian W^T W is 3 * 2, the trace 6.
        Assert.Equal([1.0, 6, 6], ExactMoments.Elementary([0, 0], 3, 1, 2));
        Assert.Equal([1.0, 6, 11, 6], ExactMoments.Elementary([1, 2, 3], 5, 0, 3));
    }

    [Fact]
    public void Two_samples_by_hand()
    {
        Assert.Equal(0.5, TwoSampleTest.Of([1, 2, 3, 4], [3, 4, 5, 6]).Distance, 1e-15);
        Assert.Equal((0.0, 1.0), (TwoSampleTest.Of([1, 2, 2], [2, 1, 2]).Distance, TwoSampleTest.Of([1, 2, 2], [2, 1, 2]).PValue));
        var random = new Sampling(1);
        double[] x = [.. Enumerable.Range(0, 1000).Select(_ => random.Normal())];
        // 1.3581 is the 95 % quantile of Kolmogorov's law; of 2000 numbers, the root is that of 500.
        var test = TwoSampleTest.Of(x, [.. x.Select(value => value + 10)]);
        Assert.Equal((1.0, true), (test.Distance, test.PValue < 1e-100));
        Assert.Throws<ArgumentException>(() => TwoSampleTest.Of([], [1]));
    }

    [Fact]
    public void P_values_of_two_samples_are_uniform_where_the_law_is_one()
    {
        var random = new Sampling(9);
        double[] p = [.. Enumerable.Range(0, 400).Select(_ => TwoSampleTest.Of(Draw(random, 150), Draw(random, 220)).PValue)];
        // 5 standard errors of a share of 400.
        Assert.All(new[] { 0.1, 0.5, 0.9 }, level => Assert.Equal(level, p.Count(x => x <= level) / 400.0, 5 * Math.Sqrt(level * (1 - level) / 400)));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        SimulationOptions[] wrong =
        [
            Small with { Integrator = Integrator.Explicit, Start = SimulationStart.Zeros(4, 2) },
            Small with { Integrator = Integrator.SingularValues, Drift = MatrixDrift.Pull(1, new DenseMatrix(4, 2, new double[8])) },
            Small with { Drift = MatrixDrift.Pull(1, new DenseMatrix(2, 4, new double[8])) },
            Small with { PaperCompat = true },
            Small with { ModeGradient = (_, _) => { } },
            Small with { Noise = MatrixNoise.Multiplicative(1, 1), Drift = MatrixDrift.Pull(1, new DenseMatrix(4, 2, new double[8])) },
            Small with { Paths = 1 << 29 },
        ];
        Assert.All(wrong, options => Assert.Equal(nameof(SimulationOptions), Assert.Throws<ArgumentException>(() => Run(options)).ParamName));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Small with { Paths = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Small with { Times = [1, 1] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Small with { Times = [] }));
        Assert.Throws<ArgumentException>(() => SimulationStart.Zeros(2, 3));
        Assert.Throws<ArgumentException>(() => SimulationStart.Eigenvalues(3, [1, -1]));
        Assert.Throws<ArgumentException>(() => MatrixDrift.Quadratic(new DenseMatrix(2, 2, [1, 2, 3, 4]), new DenseMatrix(1, 1, [1]), new DenseMatrix(2, 1, [1, 2])));
        Assert.Throws<ArgumentException>(() => MatrixNoise.Kronecker(new DenseMatrix(2, 2, [1, 2, 2, 1]), new DenseMatrix(1, 1, [1])));
    }

    [Fact]
    public void A_run_can_be_stopped() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Simulation.Run(Small, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void A_matrix_wider_than_tall_is_turned_over()
    {
        var start = SimulationStart.Of(new DenseMatrix(2, 3, [3, 0, 0, 0, 4, 0]), "given");
        Assert.Equal((3, 2, "given"), (start.Rows, start.Columns, start.Description));
        Assert.Equal([3.0, 4], start.SingularValues.Select(sigma => Math.Round(sigma, 12)));
    }

    [Fact]
    public void The_figure_is_a_picture_of_means_and_bands()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(SimulationFigure.Of(Run(Small))));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(2, svg.Descendants(ns + "path").Count(path => path.Attribute("stroke-linejoin") is not null));
        Assert.Equal(2, svg.Descendants(ns + "path").Count(path => path.Attribute("fill-opacity") is not null));
        Assert.Contains("prefers-color-scheme:dark", svg.Descendants(ns + "style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    private static double[] Draw(Sampling random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];

    private static PathEnsemble Run(SimulationOptions options) => Simulation.Run(options, cancellation: TestContext.Current.CancellationToken);
}
