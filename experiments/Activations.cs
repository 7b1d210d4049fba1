using Eigenscope.Reports;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Eigenscope.Training.Files;

namespace Eigenscope.Experiments;

/// <summary>
/// Spectra of the same network under five activations: for each seed all five begin with the same weights, to the bit, and see the same mini-batches. They are compared at the same step, and where they
/// have come equally far, since one that learns faster is further along the same course.
/// </summary>
internal static class Activations
{
    private const int Seeds = 12;
    private const int Steps = 5000;

    /// <summary>What the usual first weights are multiplied by, so that those that are learned stand out beside them.</summary>
    private const double Scale = 0.5;

    /// <summary>The held-out accuracy at which all are compared too.</summary>
    private const double Level = 0.7;

    private static readonly ActivationKind[] Kinds = [ActivationKind.Relu, ActivationKind.Gelu, ActivationKind.Silu, ActivationKind.Tanh, ActivationKind.Identity];
    private static readonly int[] SaveAt = [0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    private static readonly (string Name, Func<LayerReading, double> Of)[] Metrics =
    [
        ("alpha", reading => reading.Alpha ?? double.NaN),
        ("stable rank", reading => reading.StableRank),
        ("effective rank", reading => reading.EffectiveRank),
        ("sigma_max", reading => reading.SigmaMax),
        ("log norm", reading => reading.LogNorm),
    ];

    public static Experiment Experiment { get; } = new("activations", "does the course of a spectrum depend on the activation?", Run);

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        var data = TrainingData.Of(Options(ActivationKind.Relu, 0));
        var plan = Kinds.SelectMany(kind => Enumerable.Range(0, Seeds).Select(seed => (Kind: kind, Seed: seed))).ToList();
        var courses = SideBySide.Run(plan, threads, one => LayerCourse.Of(Options(one.Kind, one.Seed), data, weights => weights.IsMatrix && weights.Name != "head.weight"));
        said($"{plan.Count} trainings");
        var byKind = Kinds.ToDictionary(kind => kind, kind => (IReadOnlyList<LayerCourse>)[.. plan.Zip(courses).Where(pair => pair.First.Kind == kind).Select(pair => pair.Second)]);
        return new([Course(byKind), Paired(byKind)],
        [
            ("alpha", Chart(byKind, "alpha", (reading, _) => reading.Alpha ?? double.NaN)),
            ("stable-rank", Chart(byKind, "stable rank", (reading, _) => reading.StableRank)),
            ("growth", Chart(byKind, "sigma_max over its first value", (reading, first) => reading.SigmaMax / first.SigmaMax)),
            ("overlap", OverlapChart(byKind)),
        ]);
    }

    /// <summary>First weights of variance 2 Scale^2 / inputs whatever the activation.</summary>
    private static TrainingOptions Options(ActivationKind kind, long seed)
    {
        var options = TrainingOptions.For(NetworkKind.Mlp);
        return options with
        {
            Network = options.Network with { Width = 96, Depth = 3, Activation = kind, InitialScale = kind is ActivationKind.Tanh or ActivationKind.Identity ? Math.Sqrt(2) * Scale : Scale },
            Data = options.Data with { Examples = 2000, HeldOut = 2000, Noise = 0.4 },
            Optimizer = options.Optimizer with { LearningRate = 0.05 },
            BatchSize = 8,
            Steps = Steps,
            Seed = seed,
            SaveAt = SaveAt,
        };
    }

    private static ResultTable Course(Dictionary<ActivationKind, IReadOnlyList<LayerCourse>> byKind)
    {
        var table = new ResultTable("", "activation", "step", "layer", "phases", "alpha", "alpha_se", "stable_rank", "stable_rank_se", "sigma_max", "growth", "overlap", "train_loss", "held_out_loss", "held_out_accuracy");
        foreach (var kind in Kinds)
        {
            var courses = byKind[kind];
            for (var moment = 0; moment < SaveAt.Length; moment++)
            {
                for (var layer = 0; layer < courses[0].Moments[0].Layers.Count; layer++)
                {
                    var (at, of) = (moment, layer);
                    var readings = courses.Select(course => course.Moments[at].Layers[of].Reading).ToList();
                    var (alpha, alphaError) = Mean.Of(readings.Select(reading => reading.Alpha ?? double.NaN));
                    var (rank, rankError) = Mean.Of(readings.Select(reading => reading.StableRank));
                    table.Add(kind.Text(), SaveAt[at], courses[0].Moments[0].Layers[of].Name, LayerMoment.Phases(readings), alpha, alphaError, rank, rankError, readings.Average(reading => reading.SigmaMax),
                        courses.Average(course => course.Moments[at].Layers[of].Reading.SigmaMax / course.Moments[0].Layers[of].Reading.SigmaMax), at == 0 ? null : courses.Average(course => course.Overlap(at, of)),
                        at == 0 ? null : courses.Average(course => course.Moments[at].Log.Loss), courses.Average(course => course.Moments[at].Log.HeldOutLoss), courses.Average(course => course.Moments[at].Log.HeldOutAccuracy));
                }
            }
        }

        return table;
    }

    /// <summary>Each activation less relu over the same seeds, means over the layers; p-values after Holm over the whole table.</summary>
    private static ResultTable Paired(Dictionary<ActivationKind, IReadOnlyList<LayerCourse>> byKind)
    {
        var rows = new List<(string At, ActivationKind Kind, string Metric, double Relu, Pairs Pairs)>();
        foreach (var kind in Kinds.Skip(1))
        {
            foreach (var (name, of) in Metrics)
            {
                foreach (var isLast in (bool[])[true, false])
                {
                    double[] relu = [.. byKind[ActivationKind.Relu].Select(course => At(course, of, isLast))];
                    double[] other = [.. byKind[kind].Select(course => At(course, of, isLast))];
                    rows.Add((isLast ? $"step {Steps}" : $"accuracy {Level}", kind, name, Mean.Of(relu).Value, Pairs.Of(relu, other)));
                }
            }

            rows.Add(($"step {Steps}", kind, "accuracy", byKind[ActivationKind.Relu].Average(Accuracy), Pairs.Of([.. byKind[ActivationKind.Relu].Select(Accuracy)], [.. byKind[kind].Select(Accuracy)])));
        }

        var table = new ResultTable("paired", "at", "activation", "metric", "relu", "difference", "se", "up", "pairs", "p", "p_holm");
        var adjusted = RankCorrelation.Holm(rows.ConvertAll(row => row.Pairs.PValue ?? 1));
        foreach (var (row, p) in rows.Zip(adjusted).OrderByDescending(pair => pair.First.At, StringComparer.Ordinal))
        {
            table.Add(row.At, row.Kind.Text(), row.Metric, row.Relu, row.Pairs.Mean, row.Pairs.StandardError, row.Pairs.Up, row.Pairs.Count, row.Pairs.PValue, p);
        }

        return table;
    }

    private static double Accuracy(LayerCourse course) => course.Moments[^1].Log.HeldOutAccuracy!.Value;

    /// <summary>The mean over layers at the last step, or where the held-out accuracy first comes to the level.</summary>
    private static double At(LayerCourse course, Func<LayerReading, double> of, bool isLast) =>
        isLast ? course.Moments[^1].Mean(of) : course.At(Level, moment => moment.Log.HeldOutAccuracy!.Value, moment => moment.Mean(of));

    private static LineChart Chart(Dictionary<ActivationKind, IReadOnlyList<LayerCourse>> byKind, string y, Func<LayerReading, LayerReading, double> of) => new()
    {
        Title = $"{y}, mean of the hidden layers, by step",
        X = "step",
        Y = y,
        IsLogX = true,
        Lines = [.. Kinds.Select(kind => Line(kind, byKind[kind], (course, moment) => Enumerable.Range(0, course.Moments[0].Layers.Count)
            .Select(layer => of(course.Moments[moment].Layers[layer].Reading, course.Moments[0].Layers[layer].Reading)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()))],
    };

    private static LineChart OverlapChart(Dictionary<ActivationKind, IReadOnlyList<LayerCourse>> byKind) => new()
    {
        Title = $"overlap of the leading {LayerCourse.Vectors} right directions with the checkpoint before",
        X = "step",
        Y = "mean squared cosine",
        IsLogX = true,
        Lines = [.. Kinds.Select(kind => Line(kind, byKind[kind], (course, moment) => Enumerable.Range(0, course.Moments[0].Layers.Count).Average(layer => course.Overlap(moment, layer)!.Value)))],
    };

    private static ChartLine Line(ActivationKind kind, IReadOnlyList<LayerCourse> courses, Func<LayerCourse, int, double> of)
    {
        var means = Enumerable.Range(1, SaveAt.Length - 1).Select(moment => (Step: (double)SaveAt[moment], Mean: Mean.Of(courses.Select(course => of(course, moment))))).ToList();
        return new(kind.Text(), [.. means.Select(one => (one.Step, one.Mean.Value))]) { HasMarks = true, Band = [.. means.Select(one => (one.Mean.Value - one.Mean.StandardError, one.Mean.Value + one.Mean.StandardError))] };
    }
}
