using Eigenscope.Dynamics;
using Eigenscope.Statistics;
using Eigenscope.Tests.Statistics;
using Xunit;

namespace Eigenscope.Tests.Dynamics.Stationary;

public sealed class StationaryLawTests
{
    private const double Errors = 5;

    /// <summary>Distances of n independent numbers from their law are above 2.2 / sqrt(n) with probability 1e-4 (Kolmogorov).</summary>
    private const double Kolmogorov = 2.2;

    [Fact]
    public void Densities_agree_with_the_reference()
    {
        var reference = TheoryReference.Of("stationary_reference");
        foreach (var item in reference.GetProperty("paper_eq13").GetProperty("cases").EnumerateArray())
        {
            var law = StationaryLaws.Paper((int)item.Number("m"), (int)item.Number("n"), item.Number("beta"), item.Number("eta"), item.Number("D"));
            // Exponents of some hundreds carry errors of some hundred eps.
            Assert.All(item.Numbers("x").Zip(item.Numbers("pdf")), pair => Assert.Equal(1, law.Density(pair.First) / pair.Second, 1e-10));
            Assert.Equal(0.5, law.Cumulative(law.Quantile(0.5)), 1e-10);
        }

        var single = reference.GetProperty("laguerre_M1");
        Agrees(StationaryLaws.SingleColumn((int)single.Number("N"), single.Number("beta"), single.Number("s")), single);
        foreach (var item in reference.GetProperty("betaprime").GetProperty("cases").EnumerateArray())
        {
            var (beta, kappa) = (item.Number("beta"), item.Number("kappa"));
            var law = StationaryLaws.Multiplicative(item.Number("N") - item.Number("M") + 1, beta, item.Number("s"), kappa);
            Agrees(law, item);
            Assert.Equal(item.Number("alpha_tail"), StationaryLaws.TailExponent(beta, kappa), 1e-12);
            Assert.Equal(item.Number("alpha_tail"), law.TailExponent, 1e-12);
        }
    }

    [Fact]
    public void Draws_of_two_columns_have_the_exact_means()
    {
        foreach (var item in TheoryReference.Of("stationary_reference").GetProperty("laguerre_M2").EnumerateArray())
        {
            var n = (int)item.Number("N");
            double[][] draws = [.. Enumerable.Range(0, 1500).Select(i => StationaryLaws.Draw(n, 2, item.Number("rate"), 1, i))];
            foreach (var (k, name) in new[] { (0, "E_lambda_min"), (1, "E_lambda_max") })
            {
                double[] values = [.. draws.Select(draw => draw[k])];
                var mean = values.Average();
                var error = Math.Sqrt(values.Sum(x => (x - mean) * (x - mean))) / values.Length;
                Assert.InRange((mean - item.Number(name)) / error, -Errors, Errors);
            }
        }
    }

    [Fact]
    public void Matrices_end_in_the_laws_that_are_stated()
    {
        var options = new SimulationOptions { Start = SimulationStart.Zeros(5, 1), Times = [8], Drift = MatrixDrift.Decay(1), Noise = MatrixNoise.Isotropic(1), Paths = 5000, Seed = 4, Threads = 2 };
        Close(StationaryLaws.SingleColumn(5, 1, 1), Run(options));
        Close(StationaryLaws.SingleColumn(5, 1, 1), Run(options with { Integrator = Integrator.SingularValues, Paths = 2000, Times = [3], Step = 0.02 }));
        // 20 matrices of 120 columns lie within ln M / M of their limit.
        var large = Run(options with { Start = SimulationStart.Zeros(240, 120), Paths = 4 });
        Assert.InRange(LawFit<MarchenkoPastur>.Of(StationaryLaws.Large(240, 120, 1, 1), large).Ks, 0, Math.Log(120) / 120);
    }

    /// <summary>The tail of noise that grows with singular values: the whole law, and the exponent that is fitted to it, by either integrator.</summary>
    [Theory]
    [InlineData(Integrator.SingularValues, 6, 1.0, 1.0, 0.8)]
    [InlineData(Integrator.SingularValues, 6, 1.0, 1.0, 1.2)]
    [InlineData(Integrator.Matrix, 3, 0.5, 0.7, 0.9)]
    public void Noise_that_grows_with_lambda_ends_in_a_power_law(Integrator integrator, int n, double beta, double s, double kappa)
    {
        const int Count = 3000;
        var law = StationaryLaws.Multiplicative(n, beta, s, kappa);
        var sample = Run(new SimulationOptions
        {
            // A start in the middle of the law; correlations with it fall at least as e^-(beta t).
            Start = SimulationStart.Eigenvalues(n, [law.Quantile(0.5)]),
            Times = [8 / beta],
            Drift = MatrixDrift.Decay(beta),
            Noise = MatrixNoise.Multiplicative(s, kappa),
            Integrator = integrator,
            Paths = Count,
            Step = 0.02,
            Seed = 6,
            Threads = 2,
        });
        Close(law, sample);
        var alpha = MaximumLikelihood.BetaPrime(sample).Fit!.Law.TailExponent;
        double[] fits = [.. Enumerable.Range(0, 20).Select(i => Refit(law, Count, i))];
        var spread = Math.Sqrt(fits.Sum(x => (x - fits.Average()) * (x - fits.Average())) / (fits.Length - 1));
        Assert.InRange((alpha - StationaryLaws.TailExponent(beta, kappa)) / spread, -Errors, Errors);
        Assert.InRange(spread, 0, 0.3);
    }

    private static double Refit(BetaPrime law, int count, int seed)
    {
        var random = new Sampling((ulong)seed);
        return MaximumLikelihood.BetaPrime([.. Enumerable.Range(0, count).Select(_ => law.Sample(random))]).Fit!.Law.TailExponent;
    }

    private static double[] Run(SimulationOptions options) => Simulation.Run(options, cancellation: TestContext.Current.CancellationToken).Pooled(0);

    private static void Close<T>(T law, double[] sample)
        where T : IContinuousLaw => Assert.InRange(LawFit<T>.Of(law, sample).Ks * Math.Sqrt(sample.Length), 0, Kolmogorov);

    private static void Agrees(IContinuousLaw law, System.Text.Json.JsonElement item)
    {
        Assert.All(item.Numbers("x").Zip(item.Numbers("pdf")), pair => Assert.Equal(1, law.Density(pair.First) / pair.Second, 1e-10));
        Assert.All(item.Numbers("x").Zip(item.Numbers("cdf")), pair => Assert.Equal(pair.Second, law.Cumulative(pair.First), 1e-10));
    }
}
