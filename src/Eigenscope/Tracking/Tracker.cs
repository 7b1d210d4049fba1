using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Tracking;

/// <summary>Analyses the layers of checkpoints, but for those that a store knows.</summary>
/// <param name="options">What is followed.</param>
/// <param name="store">What is known, and where more is kept.</param>
public sealed class Tracker(TrackOptions options, ICheckpointStore store)
{
    private readonly Lock gate = new();

    /// <summary>How many layers were analysed, not counting those that the store knew.</summary>
    public int Computed { get; private set; }

    /// <summary>What of the checkpoint is known or can be found; one that cannot be read is a result with a reason.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="progress">Told of every layer that was analysed, from any thread.</param>
    /// <param name="cancellation">Stops the run within a fraction of a second; what was analysed is kept.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public TrackedCheckpoint Track(Checkpoint checkpoint, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            using var model = Model.Open(checkpoint.Path);
            return Track(model, checkpoint, progress, cancellation);
        }
        catch (ModelFormatException e)
        {
            return new TrackedCheckpoint { Checkpoint = checkpoint, Failure = e.Message };
        }
    }

    private TrackedCheckpoint Track(Model model, Checkpoint checkpoint, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        var rows = ModelAnalysis.Begin(model, options.Analysis).Layers;
        var head = HeadOf(model, checkpoint, rows, cancellation);
        var known = store.Find(head.Key)?.Layers ?? [];
        if (known.Count == 0)
        {
            store.Begin(head.Key, head);
        }

        var found = known.Where(layer => !layer.IsConfined || !HasRoom(rows[layer.Id].Layer)).ToDictionary(layer => layer.Id);
        var pending = rows.Where(row => row.Status == LayerStatus.Pending && !found.ContainsKey(row.Layer.Id)).Select(row => row.Layer).ToList();
        Analyze(pending, head.Key, found, progress, cancellation);
        return head with { Layers = [.. rows.Where(row => row.Status == LayerStatus.Pending).Select(row => found[row.Layer.Id])] };
    }

    /// <summary>True where a layer, of which an earlier run could tell less for want of memory, can be told of wholly.</summary>
    private bool HasRoom(WeightMatrix layer) => WorkEstimate.Of(layer, SpectrumRoute.Accurate, options.Analysis).Memory <= options.Analysis.MaxMemory;

    private static TrackedCheckpoint HeadOf(Model model, Checkpoint checkpoint, IReadOnlyList<LayerAnalysis> rows, CancellationToken cancellation) => new()
    {
        Checkpoint = checkpoint,
        Content = model.ContentHash(cancellation),
        Format = model.Format,
        Architecture = model.Architecture,
        Parameters = model.Parameters,
        Bytes = model.Bytes,
        Fingerprint = model.Fingerprint,
        Untracked = [.. rows.Where(row => row.Status == LayerStatus.Skipped).Select(row => new UntrackedLayer(row.Layer.Name, row.Reason!))],
    };

    private void Analyze(List<WeightMatrix> pending, string key, Dictionary<int, TrackedLayer> found, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        using var schedule = new AnalysisSchedule(options.Analysis, progress: null, cancellation);
        var analyzer = new VectorAnalyzer(schedule, options.Top, cancellation);
        new WorkSchedule(options.Analysis.Threads, progress, cancellation).Run([.. pending.Select(layer =>
            new WorkItem(layer.Name, WorkEstimate.Of(layer, options.Analysis.FirstRoute, options.Analysis), AnalysisSchedule.IsWorthThreads(layer), threads => Keep(analyzer.Analyze(layer, threads))))]);

        void Keep((LayerAnalysis Analysis, LeadingVectors? Vectors) result)
        {
            var layer = TrackedLayer.Of(result.Analysis);
            lock (gate)
            {
                found[layer.Id] = layer;
                Computed++;
                if (layer.Failure is null)
                {
                    store.Add(key, layer, result.Vectors);
                }
            }
        }
    }
}
