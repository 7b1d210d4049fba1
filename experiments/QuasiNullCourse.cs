using Eigenscope.LinearAlgebra;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Eigenscope.Training;
using Eigenscope.Training.Data;

namespace Eigenscope.Experiments;

/// <summary>
/// Whether training makes eigenvalues far below the random part, when and where, beside how often the test finds some before training; and what the held-out loss says when the smallest directions of a
/// layer are taken away, whose harmlessness Staats, Thamm and Rosenow (2025, arXiv 2410.17770) deny.
/// </summary>
internal static class QuasiNullCourse
{
    private const int Seeds = 3;
    private const int NullSeeds = 12;
    private const int LeastSide = 32;
    private const int Draws = 3;
    private const double Share = 0.1;

    /// <summary>What is planted to see what the test can find: this share of the singular values, and at least three, the smallest ones.</summary>
    private const double Planted = 0.06;

    /// <summary>What part of a planted value is taken away.</summary>
    private const double Shrunk = 0.8;

    private static readonly (string Name, TrainingOptions Options, double[] Decays)[] Networks =
    [
        ("mlp", Mlp, [0, 0.01, 0.04]),
        ("transformer", Transformer, [0, 0.5, 2]),
        ("vit", Vit, [0, 0.5, 2]),
    ];

    public static Experiment Experiment { get; } = new("quasi-null", "does training make quasi-null eigenvalues, and may their directions be removed?", Run);

    private static TrainingOptions Mlp => TrainingOptions.For(NetworkKind.Mlp) with
    {
        Network = new() { Width = 128, Depth = 3 },
        Data = new() { Examples = 2000, HeldOut = 1000, Noise = 0.3 },
        Optimizer = new() { LearningRate = 0.05 },
        BatchSize = 16,
        Steps = 4000,
        SaveAt = [0, 100, 300, 1000, 2000],
    };

    private static TrainingOptions Transformer => TrainingOptions.For(NetworkKind.Transformer) with
    {
        Network = new() { Kind = NetworkKind.Transformer, Width = 48, Depth = 2, InnerFactor = 2, Context = 32, Activation = ActivationKind.Gelu },
        Data = new() { Kind = DataKind.Grammar, Examples = 2000, HeldOut = 64 },
        Optimizer = new() { Kind = OptimizerKind.AdamW, LearningRate = 3e-3, WarmUp = 50 },
        BatchSize = 12,
        Steps = 800,
        SaveAt = [0, 50, 100, 200, 400],
    };

    private static TrainingOptions Vit => TrainingOptions.For(NetworkKind.Vit) with
    {
        Network = new() { Kind = NetworkKind.Vit, Width = 48, Depth = 2, InnerFactor = 2, Activation = ActivationKind.Gelu },
        Data = new() { Examples = 2000, HeldOut = 400, Noise = 0.3 },
        Optimizer = new() { Kind = OptimizerKind.AdamW, LearningRate = 3e-3, WarmUp = 50 },
        BatchSize = 16,
        Steps = 800,
        SaveAt = [0, 50, 100, 200, 400],
    };

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        var data = Networks.ToDictionary(network => network.Name, network => TrainingData.Of(network.Options));
        var untrained = SideBySide.Run([.. Networks.SelectMany(network => Enumerable.Range(0, NullSeeds).Select(seed => (network.Name, network.Options, Seed: seed)))], threads, one => (one.Name, Found: Before(one.Options, one.Seed, data[one.Name])));
        said("networks before training");
        var plan = Networks.SelectMany(network => network.Decays.SelectMany(decay => Enumerable.Range(0, Seeds).Select(seed => new Setting(network.Name, network.Options, decay, seed)))).ToList();
        var runs = SideBySide.Run(plan, threads, one => Train(one, data[one.Network]));
        said($"{plan.Count} trainings");
        var found = runs.SelectMany(run => run.Found).ToList();
        var removed = runs.SelectMany(run => run.Removed).ToList();
        return new([BySteps(found), Null(untrained), Power(found), ByRole(found), Removals(removed)], [("steps", Chart(found)), .. Networks.Select(network => ($"removal-{network.Name}", RemovalChart(network.Name, removed)))]);
    }

    private static List<Finding> Before(TrainingOptions options, long seed, TrainingData data)
    {
        var found = new List<Finding>();
        TrainingRun.Start(options with { Seed = 500 + seed, Steps = 1, SaveAt = [0], Optimizer = options.Optimizer with { WarmUp = 0 } }, checkpoint => found.AddRange(checkpoint.Step == 0 ? Look(new("", options, 0, seed), checkpoint) : []), data);
        return found;
    }

    private static (List<Finding> Found, List<Removal> Removed) Train(Setting setting, TrainingData data)
    {
        var options = setting.Options with { Seed = setting.Seed, Optimizer = setting.Options.Optimizer with { WeightDecay = setting.Decay } };
        var (found, last) = (new List<Finding>(), (TrainingCheckpoint?)null);
        TrainingRun.Start(
            options,
            checkpoint =>
            {
                found.AddRange(Look(setting, checkpoint));
                last = checkpoint;
            },
            data);
        var flagged = found.Where(one => one.Step == options.Steps).ToDictionary(one => one.Matrix, one => one.Count);
        return (found, [.. last!.Weights.Where(IsWanted).SelectMany(weights => Remove(setting, options, last, weights, flagged[weights.Name], data))]);
    }

    private static bool IsWanted(NamedWeights weights) => weights.IsMatrix && weights.Shape.Min() >= LeastSide && !weights.Name.Contains("wpe", StringComparison.Ordinal) && !weights.Name.Contains("pos_embed", StringComparison.Ordinal);

    private static IEnumerable<Finding> Look(Setting setting, TrainingCheckpoint checkpoint) => checkpoint.Weights.Where(IsWanted).Select(weights =>
    {
        var n = weights.Shape.Max();
        var spectrum = Spectrum.Of(weights.Values, SpectrumRoute.Accurate);
        double[] eigenvalues = [.. spectrum.Eigenvalues];
        var asked = new QuasiNullOptions { Seed = setting.Seed };
        var result = QuasiNull.Of(eigenvalues, n, asked).Result;
        if (result is { Count: > 0 })
        {
            result = QuasiNull.Of(eigenvalues, n, asked with
            {
                Equilibrated = Spectrum.Of(Equilibration.Of(weights.Values), SpectrumRoute.Accurate).Eigenvalues,
                Shuffled = Spectrum.Of(Matrices.Shuffled(weights.Values, new Sampling((ulong)setting.Seed)), SpectrumRoute.Accurate).Eigenvalues,
            }).Result;
        }

        var isPlanted = checkpoint.Step == 0 || checkpoint.Step == setting.Options.Steps;
        return new Finding(setting, checkpoint.Step, weights.Name, eigenvalues.Length, n == eigenvalues.Length, result, isPlanted ? FindsPlanted(weights.Values, asked) : null, checkpoint.Log.HeldOutLoss);
    });

    /// <summary>Whether the test finds anything where a few of the smallest singular values are scaled to a fifth.</summary>
    private static bool FindsPlanted(DenseMatrix weights, QuasiNullOptions asked)
    {
        var m = Math.Min(weights.Rows, weights.Columns);
        var k = Math.Max(3, (int)(Planted * m));
        var changed = Matrices.Without(weights, LeadingVectors.Of(weights, m), [.. Enumerable.Range(m - k, k)], Shrunk);
        double[] eigenvalues = [.. Spectrum.Of(changed, SpectrumRoute.Accurate).Eigenvalues];
        return QuasiNull.Of(eigenvalues, Math.Max(weights.Rows, weights.Columns), asked).Result is { Count: > 0 };
    }

    /// <summary>The flagged directions, where there are any, and the smallest tenth, each beside as many others.</summary>
    private static IEnumerable<Removal> Remove(Setting setting, TrainingOptions options, TrainingCheckpoint last, NamedWeights weights, int flagged, TrainingData data)
    {
        var m = weights.Shape.Min();
        var vectors = LeadingVectors.Of(weights.Values, m);
        var draws = new Sampling((ulong)setting.Seed);
        foreach (var (rule, k) in new[] { ("flagged", Math.Min(flagged, m / 2)), ("smallest tenth", (int)(Share * m)) }.Where(one => one.Item2 > 0))
        {
            var smallest = Matrices.Without(weights.Values, vectors, [.. Enumerable.Range(m - k, k)]);
            var size = Matrices.Distance(weights.Values, smallest);
            var next = Matrices.Without(weights.Values, vectors, [.. Enumerable.Range(m - (2 * k), k)]);
            var random = Enumerable.Range(0, Draws).Average(_ => Loss(Matrices.Without(weights.Values, vectors, Matrices.Choose(m - k, k, draws))));
            var noise = Enumerable.Range(0, Draws).Average(_ => Loss(Matrices.Disturbed(weights.Values, size, draws)));
            yield return new(setting, rule, k, size / Matrices.Norm(weights.Values), Loss(smallest), Loss(next), random, noise);
        }

        double Loss(DenseMatrix changed) =>
            Evaluation.Of(options, [.. last.Weights.Select(one => one.Name == weights.Name ? one with { Values = changed } : one)], data).Loss - last.Log.HeldOutLoss;
    }

    private static ResultTable BySteps(List<Finding> found)
    {
        var table = new ResultTable("", "network", "decay", "step", "matrices", "no_bulk", "matrices_with_some", "eigenvalues_found", "share_of_all", "directions", "rows_or_columns", "entries", "median_effect", "held_out_loss");
        foreach (var group in found.GroupBy(one => (one.Setting.Network, one.Setting.Decay, one.Step)))
        {
            var some = group.Where(one => one.Count > 0).ToList();
            table.Add(group.Key.Network, group.Key.Decay, group.Key.Step, group.Count(), group.Count(one => one.Result is null), some.Count, some.Sum(one => one.Count), (double)some.Sum(one => one.Count) / group.Sum(one => one.Size),
                Origins(some, QuasiNullOrigin.Directions), Origins(some, QuasiNullOrigin.RowsOrColumns), Origins(some, QuasiNullOrigin.Entries), Median([.. some.Select(one => one.Result!.Effect)]), group.Average(one => one.Loss));
        }

        return table;
    }

    private static ResultTable Null(IReadOnlyList<(string Name, List<Finding> Found)> untrained)
    {
        var table = new ResultTable("before", "network", "networks", "matrices", "matrices_with_some", "eigenvalues_found", "share_of_matrices");
        foreach (var group in untrained.GroupBy(one => one.Name, one => one.Found))
        {
            var all = group.SelectMany(found => found).ToList();
            table.Add(group.Key, group.Count(), all.Count, all.Count(one => one.Count > 0), all.Sum(one => one.Count), all.Average(one => one.Count > 0 ? 1.0 : 0));
        }

        return table;
    }

    /// <summary>In how many matrices the test finds what is planted in them, square ones and others.</summary>
    private static ResultTable Power(List<Finding> found)
    {
        var table = new ResultTable("power", "network", "decay", "step", "square", "matrices", "found_planted", "share");
        foreach (var group in found.Where(one => one.FindsPlanted is not null).GroupBy(one => (one.Setting.Network, one.Setting.Decay, one.Step, one.IsSquare)))
        {
            table.Add(group.Key.Network, group.Key.Decay, group.Key.Step, group.Key.IsSquare ? "yes" : "no", group.Count(), group.Count(one => one.FindsPlanted == true), group.Average(one => one.FindsPlanted == true ? 1.0 : 0));
        }

        return table;
    }

    /// <summary>Where they are at the last step.</summary>
    private static ResultTable ByRole(List<Finding> found)
    {
        var table = new ResultTable("roles", "network", "decay", "matrix", "size", "matrices", "no_bulk", "matrices_with_some", "eigenvalues_found", "directions", "rows_or_columns", "entries");
        foreach (var group in found.Where(one => one.Step == one.Setting.Options.Steps).GroupBy(one => (one.Setting.Network, one.Setting.Decay, one.Matrix)))
        {
            var some = group.Where(one => one.Count > 0).ToList();
            table.Add(group.Key.Network, group.Key.Decay, group.Key.Matrix, group.First().Size, group.Count(), group.Count(one => one.Result is null), some.Count, some.Sum(one => one.Count),
                Origins(some, QuasiNullOrigin.Directions), Origins(some, QuasiNullOrigin.RowsOrColumns), Origins(some, QuasiNullOrigin.Entries));
        }

        return table;
    }

    /// <summary>Changes of the held-out loss, in thousandths, with standard errors over layers and seeds.</summary>
    private static ResultTable Removals(List<Removal> removed)
    {
        var table = new ResultTable("removal", "network", "decay", "removed", "layers", "directions", "share_of_norm", "smallest", "se", "next", "next_se", "random", "random_se", "noise_of_that_norm", "noise_se", "smallest_over_noise", "p_noise", "smallest_over_next", "p_next", "smallest_over_random", "p_random");
        foreach (var group in removed.GroupBy(one => (one.Setting.Network, one.Setting.Decay, one.Rule)).OrderBy(group => group.Key.Rule, StringComparer.Ordinal))
        {
            var all = group.ToList();
            var (smallest, next, random, noise) = (Thousandths(all, one => one.Smallest), Thousandths(all, one => one.Next), Thousandths(all, one => one.Random), Thousandths(all, one => one.Noise));
            var (byNoise, byNext, byRandom) = (Beside(all, one => one.Noise), Beside(all, one => one.Next), Beside(all, one => one.Random));
            table.Add(group.Key.Network, group.Key.Decay, group.Key.Rule, all.Count, all.Average(one => one.Count), all.Average(one => one.Norm), smallest.Value, smallest.StandardError, next.Value, next.StandardError, random.Value, random.StandardError, noise.Value, noise.StandardError,
                byNoise.Up, byNoise.PValue, byNext.Up, byNext.PValue, byRandom.Up, byRandom.PValue);
        }

        return table;
    }

    private static Mean Thousandths(List<Removal> all, Func<Removal, double> of) => Mean.Of(all.Select(one => 1000 * of(one)));

    private static Pairs Beside(List<Removal> all, Func<Removal, double> of) => Pairs.Of(all.ConvertAll(one => of(one)), all.ConvertAll(one => one.Smallest));

    private static int Origins(List<Finding> found, QuasiNullOrigin origin) => found.Count(one => one.Result!.Origin == origin);

    private static double? Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? null : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static LineChart Chart(List<Finding> found) => new()
    {
        Title = "eigenvalues found quasi-null, in a thousand",
        X = "step (the first is before training)",
        Y = "in a thousand",
        IsLogX = true,
        FromZero = true,
        Lines =
        [
            .. found.Where(one => one.Setting.Network != "mlp" || one.Setting.Decay > 0).GroupBy(one => (one.Setting.Network, one.Setting.Decay)).Select(line => new ChartLine(
                $"{line.Key.Network}, {Decay(line.Key.Decay)}",
                [.. line.GroupBy(one => one.Step).Select(step => (Math.Max(20.0, step.Key), 1000.0 * step.Sum(one => one.Count) / step.Sum(one => one.Size)))]) { HasMarks = true, IsDashed = line.Key.Decay > 0 }),
        ],
    };

    /// <summary>Each layer: what its smallest tenth does, by what noise of that norm does.</summary>
    private static LineChart RemovalChart(string network, List<Removal> removed) => new()
    {
        Title = $"{network}: change of the held-out loss, in thousandths",
        X = "by noise of the norm of a layer's smallest tenth",
        Y = "without that tenth",
        Lines =
        [
            .. removed.Where(one => one.Setting.Network == network && one.Rule == "smallest tenth").GroupBy(one => (one.Setting.Network, one.Setting.Decay)).Select(group => new ChartLine(
                $"{group.Key.Network}, {Decay(group.Key.Decay)}", [.. group.Select(one => (1000 * one.Noise, 1000 * one.Smallest))]) { IsJoined = false }),
        ],
    };

    private static string Decay(double decay) => decay > 0 ? FormattableString.Invariant($"decay {decay}") : "no decay";

    private sealed record Setting(string Network, TrainingOptions Options, double Decay, long Seed);

    private sealed record Finding(Setting Setting, int Step, string Matrix, int Size, bool IsSquare, QuasiNull? Result, bool? FindsPlanted, double Loss)
    {
        public int Count => Result?.Origin is null or QuasiNullOrigin.None ? 0 : Result.Count;
    }

    /// <summary>Changes of the held-out loss when directions of one layer go.</summary>
    private sealed record Removal(Setting Setting, string Rule, int Count, double Norm, double Smallest, double Next, double Random, double Noise);
}
