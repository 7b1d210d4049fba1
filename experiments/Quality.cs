using Eigenscope.LinearAlgebra;
using Eigenscope.Reports;
using Eigenscope.Statistics;
using Eigenscope.Training;
using Eigenscope.Training.Data;

namespace Eigenscope.Experiments;

/// <summary>
/// Whether the spectra of a network tell how well it does on examples that it has not seen (Martin, Peng and Mahoney 2021), over trainings in which all hyper-parameters vary, over trainings in which one does
/// (the reversals of Martin and Mahoney 2021, arXiv 2106.00734), and beside the same networks before training and predictors that need no spectrum.
/// </summary>
internal static class Quality
{
    private const int Mixed = 96;
    private const string All = "mixed";

    private static readonly int[] Batches = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 50, 64, 100];
    private static readonly int[] Widths = [48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152, 160, 176];
    private static readonly int[] Depths = [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly int[] Passes = [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, 20, 24, 28, 34, 40];
    private static readonly double[] Rates = [.. Enumerable.Range(0, 16).Select(i => 0.002 * Math.Pow(2, i / 2.5))];
    private static readonly double[] Decays = [.. Enumerable.Range(0, 16).Select(i => 1e-4 * Math.Pow(2, i / 1.7))];

    private static readonly Setting Base = new(16, 0.03, 0.001, 96, 2, 12);

    /// <summary>What is read off a network, and which kind of predictor it is.</summary>
    private static readonly (string Name, Kind Kind, Func<Trained, double> Of)[] Predictors =
    [
        .. Spectral(Kind.Spectral, "", trained => trained.Last),
        .. Spectral(Kind.Initial, " at step 0", trained => trained.First),
        ("training loss", Kind.Plain, trained => trained.Loss),
        ("steps", Kind.Plain, trained => trained.Steps),
        ("distance moved", Kind.Plain, trained => trained.Moved),
    ];

    private enum Kind
    {
        Spectral,
        Initial,
        Plain,
    }

    public static Experiment Experiment { get; } = new("quality", "do the spectra of small networks tell how well they generalize?", Run);

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        var data = TrainingData.Of(Options(Base, 0));
        var plan = Plan();
        var results = SideBySide.Run(plan, threads, one => Train(one.Setting, one.Seed, data));
        var runs = plan.Zip(results).Where(pair => pair.Second is not null).Select(pair => (pair.First.Group, pair.First.Setting, Trained: pair.Second!)).ToList();
        said($"{runs.Count} trainings, {plan.Count - runs.Count} more diverged or had no tail");
        var found = Correlate(runs, threads);
        return new([Tests(found), Groups(runs), Controls(found), Trainings(runs)], [("alpha", Scatter(runs, "alpha")), ("log-norm", Scatter(runs, "log norm")), ("groups", ByGroup(found))]);
    }

    private static List<(string Group, Setting Setting, long Seed)> Plan()
    {
        var groups = new (string Name, Func<int, Setting> Of)[]
        {
            ("batch", i => Base with { Batch = Batches[i] }),
            ("rate", i => Base with { Rate = Rates[i] }),
            ("decay", i => Base with { Decay = Decays[i] }),
            ("width", i => Base with { Width = Widths[i] }),
            ("depth", i => Base with { Depth = Depths[i] }),
            ("passes", i => Base with { Passes = Passes[i] }),
        };
        var draws = new Sampling(7);
        var mixed = Enumerable.Range(0, Mixed).Select(i => (All, new Setting(Drawn(Batches, draws), Drawn(Rates, draws), Drawn(Decays, draws), Drawn(Widths, draws), Drawn(Depths, draws), Drawn(Passes, draws)), (long)i));
        return [.. mixed, .. groups.SelectMany((group, k) => Enumerable.Range(0, 16).Select(i => (group.Name, group.Of(i), (1000L * (k + 1)) + i)))];
    }

    private static T Drawn<T>(T[] from, Sampling draws) => from[(int)(draws.Uniform() * from.Length)];

    private static TrainingOptions Options(Setting setting, long seed)
    {
        var options = TrainingOptions.For(NetworkKind.Mlp);
        return options with
        {
            Network = options.Network with { Width = setting.Width, Depth = setting.Depth },
            Data = options.Data with { Examples = 600, HeldOut = 4000, Noise = 0.5 },
            Optimizer = options.Optimizer with { LearningRate = setting.Rate, WeightDecay = setting.Decay },
            BatchSize = setting.Batch,
            Steps = setting.Passes * 600 / setting.Batch,
            Seed = seed,
            SaveAt = [0],
        };
    }

    /// <summary>Null where the training diverges or none of its layers has a tail.</summary>
    private static Trained? Train(Setting setting, long seed, TrainingData data)
    {
        var (options, checkpoints) = (Options(setting, seed), new List<TrainingCheckpoint>());
        try
        {
            TrainingRun.Start(options, checkpoints.Add, data);
        }
        catch (TrainingException exception) when (exception.IsDivergence)
        {
            return null;
        }

        var (first, last) = (Metrics.Of(Hidden(checkpoints[0])), Metrics.Of(Hidden(checkpoints[1])));
        var seen = Evaluation.Of(options, checkpoints[1].Weights, data, onTraining: true);
        var accuracy = checkpoints[1].Log.HeldOutAccuracy!.Value;
        return first is null || last is null ? null : new(first, last, accuracy, seen.Accuracy!.Value - accuracy, seen.Loss, options.Steps, Distance(checkpoints[0], checkpoints[1]));
    }

    private static List<DenseMatrix> Hidden(TrainingCheckpoint checkpoint) => [.. checkpoint.Weights.Where(one => one.IsMatrix && one.Name != "head.weight").Select(one => one.Values)];

    /// <summary>The mean over layers of log10 |W - W_0|_F.</summary>
    private static double Distance(TrainingCheckpoint first, TrainingCheckpoint last) => Hidden(first).Zip(Hidden(last), (before, after) => Math.Log10(Matrices.Distance(before, after))).Average();

    private static List<Finding> Correlate(List<(string Group, Setting Setting, Trained Trained)> runs, int threads)
    {
        var groups = runs.Select(run => run.Group).Distinct().ToList();
        var tests = groups.SelectMany(group => Predictors.SelectMany(predictor => new[] { true, false }.Select(isAccuracy => (Group: group, Predictor: predictor, IsAccuracy: isAccuracy)))).ToList();
        var correlations = SideBySide.Run(tests, threads, test =>
        {
            var own = runs.Where(run => run.Group == test.Group).Select(run => run.Trained).ToList();
            var depths = runs.Where(run => run.Group == test.Group).Select(run => (double)run.Setting.Depth).ToList();
            var (metric, outcome) = (own.ConvertAll(run => test.Predictor.Of(run)), own.ConvertAll(run => test.IsAccuracy ? run.Accuracy : run.Gap));
            return (All: RankCorrelation.Of(metric, outcome, (ulong)tests.IndexOf(test)), Partial: RankCorrelation.Partial(metric, outcome, own.ConvertAll(run => run.Loss)), GivenDepth: RankCorrelation.Partial(metric, outcome, depths));
        });
        var found = tests.Zip(correlations, (test, correlation) => new Finding(test.Group, test.Predictor.Name, test.Predictor.Kind, test.IsAccuracy, runs.Count(run => run.Group == test.Group), correlation.All, correlation.Partial, correlation.GivenDepth)).ToList();
        var spectral = found.Where(one => one.Kind == Kind.Spectral && double.IsFinite(one.Correlation.PValue)).ToList();
        foreach (var (one, p) in spectral.Zip(RankCorrelation.Holm(spectral.ConvertAll(one => one.Correlation.PValue))))
        {
            one.Holm = p;
        }

        return found;
    }

    /// <summary>The family of tests: spectral metrics after training.</summary>
    private static ResultTable Tests(List<Finding> found)
    {
        var table = new ResultTable("", "runs", "n", "metric", "outcome", "spearman", "low", "high", "p", "p_holm", "kendall", "kendall_p", "given_train_loss", "given_depth");
        foreach (var one in found.Where(one => one.Kind == Kind.Spectral))
        {
            var c = one.Correlation;
            table.Add(one.Group, one.Runs, one.Metric, one.Outcome, c.Spearman, c.Low, c.High, c.PValue, one.Holm, c.Kendall, c.KendallPValue, one.GivenLoss, one.GivenDepth);
        }

        return table;
    }

    /// <summary>What the correlations are held against.</summary>
    private static ResultTable Controls(List<Finding> found)
    {
        var table = new ResultTable("controls", "runs", "n", "predictor", "outcome", "spearman", "low", "high", "p", "kendall", "kendall_p", "given_depth");
        foreach (var one in found.Where(one => one.Kind != Kind.Spectral))
        {
            var c = one.Correlation;
            table.Add(one.Group, one.Runs, one.Metric, one.Outcome, c.Spearman, c.Low, c.High, c.PValue, c.Kendall, c.KendallPValue, one.GivenDepth);
        }

        return table;
    }

    /// <summary>The range of what was to be told.</summary>
    private static ResultTable Groups(List<(string Group, Setting Setting, Trained Trained)> runs)
    {
        var table = new ResultTable("groups", "runs", "n", "accuracy_low", "accuracy_median", "accuracy_high", "gap_low", "gap_high", "alpha_low", "alpha_high");
        foreach (var group in runs.GroupBy(run => run.Group, run => run.Trained))
        {
            double[] accuracies = [.. group.Select(run => run.Accuracy).Order()];
            table.Add(group.Key, accuracies.Length, accuracies[0], accuracies[accuracies.Length / 2], accuracies[^1], group.Min(run => run.Gap), group.Max(run => run.Gap), group.Min(run => run.Last.Alpha), group.Max(run => run.Last.Alpha));
        }

        return table;
    }

    private static ResultTable Trainings(List<(string Group, Setting Setting, Trained Trained)> runs)
    {
        var table = new ResultTable("trainings", "runs", "batch", "rate", "decay", "width", "depth", "passes", "accuracy", "gap", "train_loss", "alpha", "alpha_hat", "stable_rank", "log_norm", "log_spectral_norm", "effective_rank");
        foreach (var (group, setting, trained) in runs)
        {
            var m = trained.Last;
            table.Add(group, setting.Batch, setting.Rate, setting.Decay, setting.Width, setting.Depth, setting.Passes, trained.Accuracy, trained.Gap, trained.Loss, m.Alpha, m.AlphaHat, m.StableRank, m.LogNorm, m.LogSpectralNorm, m.EffectiveRank);
        }

        return table;
    }

    private static LineChart Scatter(List<(string Group, Setting Setting, Trained Trained)> runs, string metric)
    {
        var of = Array.Find(Predictors, predictor => predictor.Name == metric).Of;
        return new()
        {
            Title = $"held-out accuracy by {metric}",
            X = $"mean {metric} of the hidden layers",
            Y = "held-out accuracy",
            Lines = [.. runs.GroupBy(run => run.Group).Select(group => new ChartLine(group.Key, [.. group.Select(run => (of(run.Trained), run.Trained.Accuracy))]) { IsJoined = false })],
        };
    }

    private static LineChart ByGroup(List<Finding> found)
    {
        var groups = found.Select(one => one.Group).Distinct().ToList();
        return new()
        {
            Title = "rank correlation of spectral metrics with held-out accuracy",
            X = string.Join(", ", groups.Select((group, i) => $"{i + 1} {group}")),
            Y = "Spearman's correlation",
            Lines = [.. found.Where(one => one.Kind == Kind.Spectral && one.IsAccuracy).GroupBy(one => one.Metric).Select(metric => new ChartLine(metric.Key, [.. metric.Select(one => (groups.IndexOf(one.Group) + 1.0, one.Correlation.Spearman))]) { IsJoined = false })],
        };
    }

    private static (string Name, Kind Kind, Func<Trained, double> Of)[] Spectral(Kind kind, string suffix, Func<Trained, Metrics> at) =>
    [
        ($"alpha{suffix}", kind, trained => at(trained).Alpha),
        ($"alpha-hat{suffix}", kind, trained => at(trained).AlphaHat),
        ($"stable rank{suffix}", kind, trained => at(trained).StableRank),
        ($"log norm{suffix}", kind, trained => at(trained).LogNorm),
        ($"log spectral norm{suffix}", kind, trained => at(trained).LogSpectralNorm),
        ($"effective rank{suffix}", kind, trained => at(trained).EffectiveRank),
    ];

    /// <summary>What varies.</summary>
    private sealed record Setting(int Batch, double Rate, double Decay, int Width, int Depth, int Passes);

    /// <summary>Means over the hidden layers; alphas over those that have one.</summary>
    private sealed record Metrics(double Alpha, double AlphaHat, double StableRank, double LogNorm, double LogSpectralNorm, double EffectiveRank)
    {
        public static Metrics? Of(List<DenseMatrix> layers)
        {
            var readings = layers.ConvertAll(LayerReading.Of);
            var tails = readings.FindAll(reading => reading.Alpha is not null);
            return tails.Count == 0
                ? null
                : new(
                    tails.Average(reading => reading.Alpha!.Value),
                    tails.Average(reading => reading.AlphaHat!.Value),
                    readings.Average(reading => reading.StableRank),
                    readings.Average(reading => reading.LogNorm),
                    readings.Average(reading => 2 * Math.Log10(reading.SigmaMax)),
                    readings.Average(reading => reading.EffectiveRank));
        }
    }

    /// <summary>A training, of which the spectra are to tell the accuracy.</summary>
    private sealed record Trained(Metrics First, Metrics Last, double Accuracy, double Gap, double Loss, int Steps, double Moved);

    private sealed record Finding(string Group, string Metric, Kind Kind, bool IsAccuracy, int Runs, RankCorrelation Correlation, double GivenLoss, double GivenDepth)
    {
        public string Outcome => IsAccuracy ? "accuracy" : "gap";

        public double? Holm { get; set; }
    }
}
