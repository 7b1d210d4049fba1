using Eigenscope.Reports;
using Eigenscope.Training;

namespace Eigenscope.Experiments;

/// <summary>The phases of Martin and Mahoney (2021) by shrinking the batch: the same number of examples is seen at every batch size, so that small batches make more updates at the same rate.</summary>
internal static class Phases
{
    private const int Examples = 120_000;

    private static readonly int[] Batches = [2, 4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly long[] Seeds = [0, 1, 2];

    public static Experiment Experiment { get; } = new("phases", "does shrinking the batch lead an MLP through the phases of self-regularization?", Run);

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        var runs = Batches.SelectMany(batch => Seeds.Select(seed => (Batch: batch, Seed: seed))).ToList();
        var found = SideBySide.Run(runs, threads, run => Train(run.Batch, run.Seed));
        var table = new ResultTable("", "batch", "layer", "phases", "alpha", "alpha_low", "alpha_high", "stable_rank", "log_norm", "held_out_accuracy", "train_loss");
        var means = new List<(int Batch, string Layer, double Alpha, double StableRank, double Accuracy)>();
        foreach (var batch in Batches)
        {
            var own = runs.Zip(found).Where(pair => pair.First.Batch == batch).Select(pair => pair.Second).ToList();
            for (var layer = 0; layer < own[0].Layers.Count; layer++)
            {
                var readings = own.ConvertAll(run => run.Layers[layer].Reading);
                var alphas = readings.Select(reading => reading.Alpha).OfType<double>().ToList();
                means.Add((batch, own[0].Layers[layer].Name, alphas.Average(), readings.Average(reading => reading.StableRank), own.Average(run => run.Accuracy)));
                table.Add(batch, own[0].Layers[layer].Name, string.Join(' ', readings.Select(reading => reading.Phase?.Text() ?? "-")), alphas.Average(), alphas.Min(), alphas.Max(),
                    readings.Average(reading => reading.StableRank), readings.Average(reading => reading.LogNorm), own.Average(run => run.Accuracy), own.Average(run => run.Loss));
            }
        }

        said($"{runs.Count} trainings");
        return new([table],
        [
            ("alpha", Chart(means, "alpha by batch size", "alpha", one => one.Alpha)),
            ("stable-rank", Chart(means, "stable rank by batch size", "stable rank", one => one.StableRank)),
        ]);
    }

    private static LineChart Chart(List<(int Batch, string Layer, double Alpha, double StableRank, double Accuracy)> means, string title, string y, Func<(int Batch, string Layer, double Alpha, double StableRank, double Accuracy), double> of) => new()
    {
        Title = title,
        X = "batch size",
        Y = y,
        IsLogX = true,
        Lines = [.. means.GroupBy(one => one.Layer).Select(group => new ChartLine(group.Key, [.. group.Select(one => ((double)one.Batch, of(one)))]) { HasMarks = true })],
    };

    private static (IReadOnlyList<(string Name, LayerReading Reading)> Layers, double Accuracy, double Loss) Train(int batch, long seed)
    {
        var options = TrainingOptions.For(NetworkKind.Mlp);
        options = options with
        {
            Network = options.Network with { Width = 192, Depth = 2 },
            Data = options.Data with { Noise = 0.5 },
            Optimizer = options.Optimizer with { LearningRate = 0.05 },
            BatchSize = batch,
            Steps = Examples / batch,
            Seed = seed,
            SaveAt = [],
        };
        TrainingCheckpoint? last = null;
        TrainingRun.Start(options, checkpoint => last = checkpoint);
        return ([.. last!.Weights.Where(weights => weights.Shape.Count == 2 && weights.Shape[0] > 64).Select(weights => (weights.Name, LayerReading.Of(weights.Values)))], last.Log.HeldOutAccuracy ?? double.NaN, last.Log.Loss ?? double.NaN);
    }
}
