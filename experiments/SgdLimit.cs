using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Reports;

namespace Eigenscope.Experiments;

/// <summary>
/// Stochastic gradient descent against dW = -G dt + s dB, s^2 = eta c, time counted as eta times steps (Mandt, Hoffman and Blei 2017): a linear layer whose drift is known and whose c is measured from gradients,
/// and layers of a perceptron whose drift is the mean gradient of other trainings.
/// </summary>
internal static class SgdLimit
{
    private const int PathCount = 400;
    private const int Leading = 3;

    /// <summary>The mean of a leading sigma_k may be off by this much.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Below this the law of some sigma_k is another one; for all of them together.</summary>
    private const double Significance = 0.01;

    private static readonly int[] Batches = [2, 4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly double[] Rates = [0.02, 0.1, 0.4, 0.8];
    private static readonly double[] Times = [0.8, 1.6, 3.2, 6.4];
    private static readonly long[] Seeds = [0, 1, 2];

    public static Experiment Experiment { get; } = new("sgd-limit", "from which batch and learning rate on does the stochastic equation fail to describe SGD?", Run);

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        List<Descent> plain = [.. Rates.SelectMany(rate => Batches.Select(batch => new Descent(batch, rate)))];
        List<Descent> heavy = [.. new[] { 0.5, 0.9 }.SelectMany(momentum => Rates.Take(2).SelectMany(rate => new[] { 2, 16, 128, 512 }.Select(batch => new Descent(batch, rate, momentum))))];
        List<(Descent Descent, long Seed)> all = [.. plain.Concat(heavy).SelectMany(descent => Seeds.Select(seed => (descent, seed)))];
        var found = SideBySide.Run(all, threads, one => Compare(one.Descent, one.Seed));
        var results = plain.Concat(heavy).Select((descent, i) => (Descent: descent, Seeds: found.Skip(i * Seeds.Length).Take(Seeds.Length).ToList())).ToList();
        said($"{all.Count} ensembles of {PathCount} paths");
        var main = new ResultTable("", "rate", "batch", "s2_start", "s2_along", "anisotropy", "error_1", "error_2", "error_3", "worst", "worst_kronecker", "worst_start", "worst_gaussian_steps",
            "ks", "ks_kronecker", "ks_gaussian_steps", "p", "p_kronecker", "verdict", "verdict_kronecker");
        var momentum = new ResultTable("momentum", "momentum", "rate", "batch", "worst", "worst_kronecker", "ks", "ks_kronecker", "verdict", "verdict_kronecker");
        var times = new ResultTable("times", "rate", "batch", "time", "sigma_1", "sigma_1_low", "sigma_1_high", "sigma_1_equation", "error_1", "error_2", "error_3", "ks");
        foreach (var (descent, seeds) in results)
        {
            if (descent.Momentum > 0)
            {
                momentum.Add(descent.Momentum, descent.Rate, descent.Batch, Worst(seeds, 0), Worst(seeds, 1), Ks(seeds, 0), Ks(seeds, 1), Verdict(seeds, 0), Verdict(seeds, 1));
                continue;
            }

            double[] last = [.. Enumerable.Range(0, Leading).Select(k => seeds.Average(seed => seed.Equations[0].Errors[^1][k]))];
            main.Add(descent.Rate, descent.Batch, seeds.Average(seed => seed.Start), seeds.Average(seed => seed.Along), seeds.Average(seed => seed.Anisotropy), last[0], last[1], last[2],
                Worst(seeds, 0), Worst(seeds, 1), Worst(seeds, 2), Worst(seeds, 3), Ks(seeds, 0), Ks(seeds, 1), Ks(seeds, 3), seeds.Min(seed => seed.Equations[0].P), seeds.Min(seed => seed.Equations[1].P),
                Verdict(seeds, 0), Verdict(seeds, 1));
            for (var at = 0; at < Times.Length; at++)
            {
                var place = at;
                double[] errors = [.. Enumerable.Range(0, Leading).Select(k => seeds.Average(seed => seed.Equations[0].Errors[place][k]))];
                times.Add(descent.Rate, descent.Batch, Times[at], seeds.Average(seed => seed.Largest[place]), seeds.Min(seed => seed.Largest[place]), seeds.Max(seed => seed.Largest[place]),
                    seeds.Average(seed => seed.Equations[0].Largest[place]), errors[0], errors[1], errors[2], seeds.Average(seed => seed.Equations[0].Distances[place]));
            }
        }

        var layers = PerceptronLimit.Run(threads, said);
        var ofPlain = results.Where(result => result.Descent.Momentum == 0).ToList();
        return new([main, times, momentum, layers],
        [
            ("error", Chart(ofPlain, "the equation's worst error of a mean sigma by batch", "largest error in %", seed => 100 * seed.Equations[0].Worst) with { IsLogY = true }),
            ("ks", Chart(ofPlain, "distance of the laws of singular values by batch", "Kolmogorov-Smirnov distance", seed => seed.Equations[0].Distances[^1]) with { FromZero = true }),
            ("causes", Causes(ofPlain)),
        ]);
    }

    private static LineChart Chart(List<(Descent Descent, List<Comparison> Seeds)> results, string title, string y, Func<Comparison, double> of) => new()
    {
        Title = title,
        X = "batch size",
        Y = y,
        IsLogX = true,
        Lines = [.. results.GroupBy(result => result.Descent.Rate).Select(group => Line($"eta {Number(group.Key)}", group, of))],
    };

    /// <summary>At one rate: constant noise equal in all directions, with a covariance, and as SGD itself with normal noise.</summary>
    private static LineChart Causes(List<(Descent Descent, List<Comparison> Seeds)> results) => new()
    {
        Title = "the same for eta 0.4, the equation made more and more like SGD",
        X = "batch size",
        Y = "largest error in %",
        IsLogX = true,
        IsLogY = true,
        Lines =
        [
            .. new[] { "c of the start", "c along", "covariance", "steps of eta" }.Zip(new[] { 2, 0, 1, 3 },
                (name, equation) => Line(name, results.Where(result => result.Descent.Rate.Equals(Rates[2])), seed => 100 * seed.Equations[equation].Worst) with { IsDashed = equation == 2 }),
        ],
    };

    private static ChartLine Line(string name, IEnumerable<(Descent Descent, List<Comparison> Seeds)> results, Func<Comparison, double> of) => new(
        name, [.. results.Select(result => ((double)result.Descent.Batch, result.Seeds.Average(of)))])
    {
        HasMarks = true,
        Band = [.. results.Select(result => (result.Seeds.Min(of), result.Seeds.Max(of)))],
    };

    private static double Worst(List<Comparison> seeds, int equation) => seeds.Average(seed => seed.Equations[equation].Worst);

    private static double Ks(List<Comparison> seeds, int equation) => seeds.Average(seed => seed.Equations[equation].Distances[^1]);

    /// <summary>The means must be right at all times and the laws at the last one, for most seeds.</summary>
    private static string Verdict(List<Comparison> seeds, int equation)
    {
        var right = seeds.Count(seed => seed.Equations[equation].Worst <= Tolerance) * 2 > seeds.Count;
        var same = seeds.Count(seed => seed.Equations[equation].P >= Significance) * 2 > seeds.Count;
        return right && same ? "holds" : right ? "means only" : "fails";
    }

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Trainings of one kind from one start, and equations: noise equal in all directions with c along the way, noise with a covariance, c of the start, and without momentum normal noise with a covariance in steps of eta.</summary>
    private static Comparison Compare(Descent descent, long seed)
    {
        var task = new NoisyQuadratic(seed);
        var own = (seed * 1000) + (descent.Batch * 7919) + (long)(descent.Rate * 1e6) + (long)(descent.Momentum * 1e9);
        var trained = new DescentEnsemble(task, descent, Times, PathCount, own);
        var (start, along) = (Diffusion(descent, trained.Start.MeanVariance), Diffusion(descent, trained.Along.MeanVariance));
        List<PathEnsemble> simulated =
        [
            Simulate(task, task.Drift, MatrixNoise.Isotropic(Math.Sqrt(along)), 1, own + 1),
            SimulateExactly(task, trained.Along, along, own + 2),
            Simulate(task, task.Drift, MatrixNoise.Isotropic(Math.Sqrt(start)), 1, own + 3),
        ];
        if (descent.Momentum == 0)
        {
            simulated.Add(Simulate(task, task.DriftBy([.. Enumerable.Repeat(1.0, NoisyQuadratic.M)]), Noise(trained.Along, along, (_, _) => 1), descent.Rate, own + 4));
        }

        return new(start, along, trained.Anisotropy, [.. Times.Select((_, at) => trained.OrderStatistic(at, 1).Average())], [.. simulated.Select(ensemble => Against(trained, ensemble))]);
    }

    /// <summary>s^2 where time is eta / (1 - mu) times steps.</summary>
    private static double Diffusion(Descent descent, double c) => MomentumNoise.Diffusion(descent.Rate * (1 - descent.Momentum), c, descent.Momentum) / descent.Rate;

    private static PathEnsemble Simulate(NoisyQuadratic task, MatrixDrift drift, MatrixNoise noise, double step, long seed) => Simulation.Run(new SimulationOptions
    {
        Start = SimulationStart.Of(new DenseMatrix(NoisyQuadratic.N, NoisyQuadratic.M, task.Start), "start"),
        Times = Times,
        Drift = drift,
        Noise = noise,
        Step = step,
        Paths = PathCount,
        Seed = seed,
    });

    /// <summary>
    /// The equation with the noise of a covariance in steps h that are exact: the drift (1 - e^(-lambda h)) / h instead of lambda, and R_jk (1 - e^(-(lambda_j + lambda_k) h)) / ((lambda_j + lambda_k) h) instead of R_jk.
    /// </summary>
    private static PathEnsemble SimulateExactly(NoisyQuadratic task, KroneckerFactors factors, double diffusion, long seed)
    {
        var (h, lambda) = (Times[0], task.Curvatures);
        var drift = task.DriftBy(Array.ConvertAll(lambda, x => (1 - Math.Exp(-x * h)) / (x * h)));
        return Simulate(task, drift, Noise(factors, diffusion, (j, k) => (1 - Math.Exp(-(lambda[j] + lambda[k]) * h)) / ((lambda[j] + lambda[k]) * h)), h, seed);
    }

    private static MatrixNoise Noise(KroneckerFactors factors, double diffusion, Func<int, int, double> share)
    {
        var (rows, columns) = (new double[NoisyQuadratic.N * NoisyQuadratic.N], new double[NoisyQuadratic.M * NoisyQuadratic.M]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = factors.Rows[i / NoisyQuadratic.N, i % NoisyQuadratic.N] * diffusion / factors.MeanVariance;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var (j, k) = (i / NoisyQuadratic.M, i % NoisyQuadratic.M);
            columns[i] = factors.Columns[j, k] * share(j, k);
        }

        return MatrixNoise.Kronecker(new DenseMatrix(NoisyQuadratic.N, NoisyQuadratic.N, rows), new DenseMatrix(NoisyQuadratic.M, NoisyQuadratic.M, columns));
    }

    private static EquationError Against(DescentEnsemble trained, PathEnsemble simulated)
    {
        var (errors, distances, least, largest) = (new double[Times.Length][], new double[Times.Length], 1.0, new double[Times.Length]);
        for (var at = 0; at < Times.Length; at++)
        {
            double[][] came = [.. Enumerable.Range(1, NoisyQuadratic.M).Select(rank => trained.OrderStatistic(at, rank))];
            double[][] said = [.. Enumerable.Range(1, NoisyQuadratic.M).Select(rank => Array.ConvertAll(simulated.OrderStatistic(at, rank), Math.Sqrt))];
            errors[at] = [.. Enumerable.Range(0, Leading).Select(k => (said[k].Average() / came[k].Average()) - 1)];
            List<TwoSampleTest> tests = [.. came.Zip(said, (x, y) => TwoSampleTest.Of(x, y))];
            (distances[at], largest[at], least) = (tests.Average(test => test.Distance), said[0].Average(), Math.Min(1, NoisyQuadratic.M * tests.Min(test => test.PValue)));
        }

        return new(errors, distances, largest, least);
    }

    /// <summary>An equation beside trainings.</summary>
    /// <param name="Errors">The relative error of the mean of sigma_1 to sigma_3, by time.</param>
    /// <param name="Distances">The mean over ranks of the distance of the laws of sigma_k, by time.</param>
    /// <param name="Largest">The equation's mean sigma_1, by time.</param>
    /// <param name="P">The least p-value over ranks at the last time, times their number.</param>
    private sealed record EquationError(double[][] Errors, double[] Distances, double[] Largest, double P)
    {
        public double Worst => Errors.Max(at => at.Max(Math.Abs));
    }

    /// <summary>Trainings and four equations.</summary>
    private sealed record Comparison(double Start, double Along, double Anisotropy, double[] Largest, EquationError[] Equations);
}
