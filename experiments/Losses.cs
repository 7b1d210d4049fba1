using Eigenscope.Reports;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Eigenscope.Training.Files;

namespace Eigenscope.Experiments;

/// <summary>
/// The same network on the same task by cross-entropy and by squares, each at the learning rate at which it does best on seeds of its own; for each seed both begin with the same weights and see the same
/// mini-batches. Cross-entropy at half its rate and squares at the highest rate that does not diverge tell how far spectra and directions part by the rate alone.
/// </summary>
internal static class Losses
{
    private const int Seeds = 12;
    private const int TuningSeeds = 3;
    private const int FirstTuningSeed = 100;
    private const int Steps = 5000;

    /// <summary>The held-out accuracy at which all are compared too.</summary>
    private const double Level = 0.7;

    private const string Cross = "cross-entropy";
    private const string Squares = "squares";
    private const string Fast = "squares, highest rate";
    private const string Half = "cross-entropy, half the rate";

    private static readonly double[] Rates = [.. Enumerable.Range(0, 8).Select(i => 0.0025 * (1 << i))];
    private static readonly int[] SaveAt = [0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    private static readonly (string Name, Func<LayerReading, double> Of)[] Metrics =
    [
        ("alpha", reading => reading.Alpha ?? double.NaN),
        ("stable rank", reading => reading.StableRank),
        ("effective rank", reading => reading.EffectiveRank),
        ("sigma_max", reading => reading.SigmaMax),
        ("sigma_10", reading => Math.Sqrt(reading.Eigenvalues[^10])),
        ("log norm", reading => reading.LogNorm),
    ];

    public static Experiment Experiment { get; } = new("losses", "do cross-entropy and squares leave different spectra in the same network?", Run);

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        var data = TrainingData.Of(Options(LossKind.CrossEntropy, Rates[0], 0));
        var (tuning, cross, squares, fast) = Tune(data, threads);
        said($"rates: {cross} for cross-entropy, {squares} and {fast} for squares");
        var kinds = new (string Name, LossKind Loss, double Rate)[] { (Cross, LossKind.CrossEntropy, cross), (Squares, LossKind.Squares, squares), (Fast, LossKind.Squares, fast), (Half, LossKind.CrossEntropy, cross / 2) };
        var plan = kinds.SelectMany(kind => Enumerable.Range(0, Seeds).Select(seed => (Kind: kind, Seed: seed))).ToList();
        var courses = SideBySide.Run(plan, threads, one => LayerCourse.Of(Options(one.Kind.Loss, one.Kind.Rate, one.Seed), data, weights => weights.IsMatrix && weights.Name != "head.weight"));
        said($"{plan.Count} trainings");
        var byKind = kinds.ToDictionary(kind => kind.Name, kind => (IReadOnlyList<LayerCourse>)[.. plan.Zip(courses).Where(pair => pair.First.Kind.Name == kind.Name).Select(pair => pair.Second)], StringComparer.Ordinal);
        return new([Course(byKind), Paired(byKind), Overlaps(byKind), tuning],
        [
            ("alpha", Chart(byKind, "alpha", moment => moment.Mean(reading => reading.Alpha ?? double.NaN))),
            ("stable-rank", Chart(byKind, "stable rank", moment => moment.Mean(reading => reading.StableRank))),
            ("sigma-max", Chart(byKind, "sigma_max", moment => moment.Mean(reading => reading.SigmaMax))),
            ("overlap", OverlapChart(byKind)),
        ]);
    }

    private static TrainingOptions Options(LossKind loss, double rate, long seed)
    {
        var options = TrainingOptions.For(NetworkKind.Mlp);
        return options with
        {
            Network = options.Network with { Width = 96, Depth = 3, InitialScale = 0.5 },
            Data = options.Data with { Examples = 2000, HeldOut = 2000, Noise = 0.4 },
            Optimizer = options.Optimizer with { LearningRate = rate },
            Loss = loss,
            BatchSize = 8,
            Steps = Steps,
            Seed = seed,
            SaveAt = SaveAt,
        };
    }

    /// <summary>The rate of the highest mean accuracy for each loss, one that diverges counting as none right, and the highest rate at which no training by squares diverges.</summary>
    private static (ResultTable Table, double Cross, double Squares, double Fast) Tune(TrainingData data, int threads)
    {
        var plan = Enum.GetValues<LossKind>().SelectMany(loss => Rates.SelectMany(rate => Enumerable.Range(FirstTuningSeed, TuningSeeds).Select(seed => (Loss: loss, Rate: rate, Seed: seed)))).ToList();
        var found = plan.Zip(SideBySide.Run(plan, threads, one => Accuracy(Options(one.Loss, one.Rate, one.Seed) with { SaveAt = [] }, data))).ToList();
        var table = new ResultTable("rates", "loss", "rate", "held_out_accuracy", "diverged");
        var best = new Dictionary<LossKind, (double Rate, double Accuracy)>();
        foreach (var group in found.GroupBy(pair => (pair.First.Loss, pair.First.Rate), pair => pair.Second))
        {
            var mean = group.Average(accuracy => accuracy ?? 0);
            table.Add(group.Key.Loss.Text(), group.Key.Rate, mean, group.Count(accuracy => accuracy is null));
            best[group.Key.Loss] = best.TryGetValue(group.Key.Loss, out var so) && so.Accuracy >= mean ? so : (group.Key.Rate, mean);
        }

        var diverging = found.Where(pair => pair.Second is null && pair.First.Loss == LossKind.Squares).Select(pair => pair.First.Rate).ToHashSet();
        return (table, best[LossKind.CrossEntropy].Rate, best[LossKind.Squares].Rate, Rates.Last(rate => !diverging.Contains(rate)));
    }

    private static double? Accuracy(TrainingOptions options, TrainingData data)
    {
        try
        {
            return TrainingRun.Start(options, data: data)[^1].HeldOutAccuracy;
        }
        catch (TrainingException exception) when (exception.IsDivergence)
        {
            return null;
        }
    }

    private static ResultTable Course(Dictionary<string, IReadOnlyList<LayerCourse>> byKind)
    {
        var table = new ResultTable("", "loss", "step", "layer", "phases", "alpha", "alpha_se", "stable_rank", "stable_rank_se", "sigma_1", "sigma_2", "sigma_5", "sigma_10", "train_loss", "held_out_accuracy");
        foreach (var kind in (string[])[Cross, Squares, Fast, Half])
        {
            for (var moment = 0; moment < SaveAt.Length; moment++)
            {
                var moments = byKind[kind].Select(course => course.Moments[moment]).ToList();
                for (var layer = 0; layer < moments[0].Layers.Count; layer++)
                {
                    var readings = moments.ConvertAll(one => one.Layers[layer].Reading);
                    var (alpha, rank) = (Mean.Of(readings.Select(reading => reading.Alpha ?? double.NaN)), Mean.Of(readings.Select(reading => reading.StableRank)));
                    table.Add(kind.Replace(",", ""), SaveAt[moment], moments[0].Layers[layer].Name, LayerMoment.Phases(readings), alpha.Value, alpha.StandardError, rank.Value, rank.StandardError,
                        Sigma(readings, 1), Sigma(readings, 2), Sigma(readings, 5), Sigma(readings, 10), moments.Average(one => one.Log.Loss), moments.Average(one => one.Log.HeldOutAccuracy));
                }
            }
        }

        return table;
    }

    private static double Sigma(List<LayerReading> readings, int k) => readings.Average(reading => Math.Sqrt(reading.Eigenvalues[^k]));

    /// <summary>Each less cross-entropy over the same seeds, means over the layers; p-values after Holm over the whole table.</summary>
    private static ResultTable Paired(Dictionary<string, IReadOnlyList<LayerCourse>> byKind)
    {
        var rows = new List<(string At, string Kind, string Metric, double First, Pairs Pairs)>();
        foreach (var kind in (string[])[Squares, Fast, Half])
        {
            Add(kind, $"step {Steps}", "accuracy", course => course.Moments[^1].Log.HeldOutAccuracy!.Value);
            foreach (var (name, of) in Metrics)
            {
                Add(kind, $"step {Steps}", name, course => course.Moments[^1].Mean(of));
                Add(kind, $"accuracy {Level}", name, course => course.At(Level, moment => moment.Log.HeldOutAccuracy!.Value, moment => moment.Mean(of)));
            }
        }

        var table = new ResultTable("paired", "at", "loss", "metric", "cross_entropy", "difference", "se", "up", "pairs", "p", "p_holm");
        foreach (var (row, p) in rows.Zip(RankCorrelation.Holm(rows.ConvertAll(row => row.Pairs.PValue ?? 1))).OrderByDescending(pair => pair.First.At, StringComparer.Ordinal))
        {
            table.Add(row.At, row.Kind.Replace(",", ""), row.Metric, row.First, row.Pairs.Mean, row.Pairs.StandardError, row.Pairs.Up, row.Pairs.Count, row.Pairs.PValue, p);
        }

        return table;

        void Add(string kind, string at, string metric, Func<LayerCourse, double> of)
        {
            double[] first = [.. byKind[Cross].Select(of)];
            rows.Add((at, kind, metric, Mean.Of(first).Value, Pairs.Of(first, [.. byKind[kind].Select(of)])));
        }
    }

    /// <summary>Overlaps of leading right subspaces, which begin at 1 with the weights that they have in common; the last column is what other first weights leave.</summary>
    private static ResultTable Overlaps(Dictionary<string, IReadOnlyList<LayerCourse>> byKind)
    {
        var table = new ResultTable("overlaps", "step", "layer", "squares", "squares_se", "squares_highest_rate", "squares_highest_rate_se", "half_rate", "half_rate_se", "with_start", "squares_with_start", "highest_rate_with_start", "other_seed", "squares_other_seed", "highest_rate_other_seed", "chance");
        for (var moment = 0; moment < SaveAt.Length; moment++)
        {
            for (var layer = 0; layer < byKind[Cross][0].Moments[0].Layers.Count; layer++)
            {
                var (at, of) = (moment, layer);
                var (squares, fast, half) = (Between(byKind[Cross], byKind[Squares], at, of), Between(byKind[Cross], byKind[Fast], at, of), Between(byKind[Cross], byKind[Half], at, of));
                table.Add(SaveAt[at], byKind[Cross][0].Moments[0].Layers[of].Name, squares.Value, squares.StandardError, fast.Value, fast.StandardError, half.Value, half.StandardError, WithStart(byKind[Cross], at, of), WithStart(byKind[Squares], at, of), WithStart(byKind[Fast], at, of),
                    Between(byKind[Cross], Turned(byKind[Cross]), at, of).Value, Between(byKind[Cross], Turned(byKind[Squares]), at, of).Value, Between(byKind[Cross], Turned(byKind[Fast]), at, of).Value, (double)LayerCourse.Vectors / byKind[Cross][0].Moments[0].Layers[of].Vectors.Right[0].Length);
            }
        }

        return table;
    }

    private static double WithStart(IReadOnlyList<LayerCourse> courses, int moment, int layer) => courses.Average(course => LayerMoment.Overlap(course.Moments[0], course.Moments[moment], layer));

    /// <summary>The same courses, each in the place of the one before it.</summary>
    private static IReadOnlyList<LayerCourse> Turned(IReadOnlyList<LayerCourse> courses) => [.. courses.Skip(1), courses[0]];

    private static Mean Between(IReadOnlyList<LayerCourse> a, IReadOnlyList<LayerCourse> b, int moment, int layer) => Mean.Of(a.Zip(b, (first, second) => LayerMoment.Overlap(first.Moments[moment], second.Moments[moment], layer)));

    private static LineChart Chart(Dictionary<string, IReadOnlyList<LayerCourse>> byKind, string y, Func<LayerMoment, double> of) => new()
    {
        Title = $"{y}, mean of the hidden layers, by step",
        X = "step",
        Y = y,
        IsLogX = true,
        Lines = [.. new[] { Cross, Squares, Fast, Half }.Select(kind => Line(kind, kind is Half or Fast, moment => Mean.Of(byKind[kind].Select(course => of(course.Moments[moment])))))],
    };

    private static LineChart OverlapChart(Dictionary<string, IReadOnlyList<LayerCourse>> byKind)
    {
        var layers = Enumerable.Range(0, byKind[Cross][0].Moments[0].Layers.Count).ToList();
        return new()
        {
            Title = $"overlap of the leading {LayerCourse.Vectors} right directions with those by cross-entropy",
            X = "step",
            Y = "mean squared cosine, mean of the hidden layers",
            IsLogX = true,
            FromZero = true,
            Lines =
            [
                Line(Squares, false, moment => Over(byKind[Squares], moment)),
                Line(Fast, false, moment => Over(byKind[Fast], moment)),
                Line(Half, true, moment => Over(byKind[Half], moment)),
                Line("cross-entropy from other weights", true, moment => Over(Turned(byKind[Cross]), moment)),
                Line("squares, highest rate, from other weights", true, moment => Over(Turned(byKind[Fast]), moment)),
            ],
        };

        Mean Over(IReadOnlyList<LayerCourse> others, int moment) => Mean.Of(byKind[Cross].Zip(others, (a, b) => layers.Average(layer => LayerMoment.Overlap(a.Moments[moment], b.Moments[moment], layer))));
    }

    private static ChartLine Line(string name, bool isDashed, Func<int, Mean> of)
    {
        var means = Enumerable.Range(1, SaveAt.Length - 1).Select(moment => (Step: (double)SaveAt[moment], Mean: of(moment))).ToList();
        return new(name, [.. means.Select(one => (one.Step, one.Mean.Value))]) { HasMarks = true, IsDashed = isDashed, Band = [.. means.Select(one => (one.Mean.Value - one.Mean.StandardError, one.Mean.Value + one.Mean.StandardError))] };
    }
}
