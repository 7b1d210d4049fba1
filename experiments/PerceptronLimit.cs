using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Training;

namespace Eigenscope.Experiments;

/// <summary>
/// The layers of a perceptron that learns digits: all trainings begin with the same weights, and each sees examples of its own, all of them once. The drift is the mean gradient of one half of the trainings, step by
/// step; its noise is measured from their gradients; the other half is what the equation must meet.
/// </summary>
internal static class PerceptronLimit
{
    private const int Runs = 80;
    private const int Steps = 120;
    private const int GradientBatches = 8;
    private const double Rate = 0.05;
    private const int SimulatedPaths = 200;

    private static readonly int[] Batches = [2, 8, 32, 128];
    private static readonly int[] SaveAt = [0, 30, 60, 90, Steps];
    private static readonly string[] Layers = ["layers.0.weight", "layers.1.weight"];

    /// <summary>Trains and compares.</summary>
    public static ResultTable Run(int threads, Action<string> said)
    {
        var table = new ResultTable("perceptron", "batch", "layer", "step", "s2", "anisotropy_kronecker", "variance_ratio", "error_1", "error_2", "error_3", "error_1_kronecker", "spread_1", "spread_1_equation", "ks", "ks_kronecker", "p");
        foreach (var batch in Batches)
        {
            var runs = SideBySide.Run([.. Enumerable.Range(0, Runs)], threads, run => Train(batch, run, withGradients: run < Runs / 2));
            foreach (var layer in Layers)
            {
                foreach (var at in new[] { 1, SaveAt.Length - 1 })
                {
                    Compare(table, batch, layer, at, runs);
                }
            }

            said($"{Runs} perceptrons with batches of {batch}");
        }

        return table;
    }

    private static TrainingCheckpoint[] Train(int batch, int run, bool withGradients)
    {
        var options = TrainingOptions.For(NetworkKind.Mlp);
        var kept = new List<TrainingCheckpoint>();
        TrainingRun.Start(
            options with
            {
                Network = options.Network with { Width = 40 },
                Data = options.Data with { Side = 8, Examples = batch * Steps, HeldOut = 10, Seed = run },
                Optimizer = options.Optimizer with { LearningRate = Rate },
                BatchSize = batch,
                Steps = Steps,
                SaveAt = SaveAt,
                GradientBatches = withGradients ? GradientBatches : 0,
            },
            kept.Add);
        return [.. kept];
    }

    private static void Compare(ResultTable table, int batch, string layer, int at, IReadOnlyList<TrainingCheckpoint[]> runs)
    {
        double[][] drifting = [.. runs.Take(Runs / 2).Select(run => Weights(run[at], layer))], tested = [.. runs.Skip(Runs / 2).Select(run => Weights(run[at], layer))];
        var shape = runs[0][at].Weights.Single(weights => weights.Name == layer).Values;
        var (n, m) = (shape.Rows, shape.Columns);
        var mean = new DenseMatrix(n, m, Mean(drifting));
        var noise = runs.Take(Runs / 2).SelectMany(run => run.Take(at + 1)).Select(checkpoint => checkpoint.Gradients.Single(statistics => statistics.Name == layer)).ToList();
        var (rows, columns) = (MeanOf(noise.ConvertAll(statistics => statistics.RowCovariance)), MeanOf(noise.ConvertAll(statistics => statistics.ColumnCovariance)));
        var diffusion = MomentumNoise.Diffusion(Rate, noise.Average(statistics => statistics.Variance), 0);
        var covariance = Scaled(rows, Rate * Rate);
        var kronecker = n >= m ? MatrixNoise.Kronecker(Regular(covariance), Regular(columns)) : MatrixNoise.Kronecker(Regular(columns), Regular(covariance));
        PathEnsemble[] simulated = [.. new[] { MatrixNoise.Isotropic(Math.Sqrt(diffusion)), kronecker }.Select((one, i) => Simulation.Run(new SimulationOptions
        {
            Start = SimulationStart.Of(mean, "mean"),
            Times = [SaveAt[at]],
            Noise = one,
            Paths = SimulatedPaths,
            Seed = (batch * 100) + (at * 10) + i,
        }))];
        double[][] came = [.. tested.Select(w => (double[])[.. Spectrum.Of(new DenseMatrix(n, m, w), SpectrumRoute.Accurate).SingularValues])];
        var size = came[0].Length;
        double[] Came(int rank) => Array.ConvertAll(came, values => values[^rank]);
        double[] Said(int equation, int rank) => Array.ConvertAll(simulated[equation].OrderStatistic(0, rank), Math.Sqrt);
        double Error(int equation, int rank) => (Said(equation, rank).Average() / Came(rank).Average()) - 1;
        List<TwoSampleTest>[] tests = [.. Enumerable.Range(0, 2).Select(equation => Enumerable.Range(1, size).Select(rank => TwoSampleTest.Of(Came(rank), Said(equation, rank))).ToList())];
        table.Add(batch, layer, SaveAt[at], diffusion, Index(rows) * Index(columns), Variance(tested) / (diffusion * SaveAt[at]), Error(0, 1), Error(0, 2), Error(0, 3), Error(1, 1),
            Deviation(Came(1)), Deviation(Said(0, 1)), tests[0].Average(test => test.Distance), tests[1].Average(test => test.Distance), Math.Min(1, size * tests[0].Min(test => test.PValue)));
    }

    private static double[] Weights(TrainingCheckpoint checkpoint, string layer)
    {
        var values = checkpoint.Weights.Single(weights => weights.Name == layer).Values;
        var elements = new double[values.Rows * values.Columns];
        values.Read(0, 0, values.Rows, values.Columns, elements, values.Columns);
        return elements;
    }

    private static double[] Mean(double[][] all) => [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(one => one[i]))];

    private static DenseMatrix MeanOf(List<DenseMatrix> all) =>
        new(all[0].Rows, all[0].Columns, [.. Enumerable.Range(0, all[0].Rows * all[0].Columns).Select(i => all.Average(one => one[i / one.Columns, i % one.Columns]))]);

    /// <summary>The variance of an element over trainings, averaged over elements.</summary>
    private static double Variance(double[][] all)
    {
        var mean = Mean(all);
        return all.Sum(one => one.Zip(mean, (x, y) => (x - y) * (x - y)).Sum()) / (all.Length - 1) / mean.Length;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1));
    }

    private static DenseMatrix Scaled(DenseMatrix a, double factor) => Each(a, (i, j) => factor * a[i, j]);

    /// <summary>With a millionth of the mean diagonal added, so that pixels that are always white have a variance.</summary>
    private static DenseMatrix Regular(DenseMatrix a)
    {
        var little = 1e-6 * Enumerable.Range(0, a.Rows).Average(i => a[i, i]);
        return Each(a, (i, j) => a[i, j] + (i == j ? little : 0));
    }

    private static DenseMatrix Each(DenseMatrix a, Func<int, int, double> of) =>
        new(a.Rows, a.Columns, [.. Enumerable.Range(0, a.Rows * a.Columns).Select(i => of(i / a.Columns, i % a.Columns))]);

    /// <summary>tr(A^2) n / (tr A)^2.</summary>
    private static double Index(DenseMatrix a)
    {
        var (trace, squares) = (0.0, 0.0);
        for (var i = 0; i < a.Rows; i++)
        {
            trace += a[i, i];
            squares += Enumerable.Range(0, a.Columns).Sum(j => a[i, j] * a[i, j]);
        }

        return squares * a.Rows / (trace * trace);
    }
}
