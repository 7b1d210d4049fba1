using Eigenscope.Analysis;
using Eigenscope.Cli.Commands;
using Eigenscope.Cluster;
using Eigenscope.Comparison;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Shards;

/// <summary>Open models, the work on them that is dealt out, and how its results are put together.</summary>
internal sealed class ShardedRun : IDisposable
{
    private readonly OpenedModels models;
    private readonly Func<ShardStore, ResultForms> collect;

    private ShardedRun(OpenedModels models, IShardWork work, Func<ShardStore, ResultForms> collect) => (this.models, Work, this.collect) = (models, work, collect);

    /// <summary>The work.</summary>
    public IShardWork Work { get; }

    /// <summary>Opens a model to be analysed.</summary>
    public static ShardedRun Of(string path, AnalysisOptions options) => Of([path], options, models =>
    {
        var work = new AnalysisShards(ModelAnalysis.Begin(models.All[0], options));
        return new(models, work, store => ResultForms.Of([Whole(work.Collect(store))]));
    });

    /// <summary>Opens models to be compared.</summary>
    public static ShardedRun Of(IReadOnlyList<string> paths, ComparisonOptions options) => Of(paths, options.Analysis, models =>
    {
        var work = new ComparisonShards(models.All, options);
        return new(models, work, store => ResultForms.Of(work.Collect(store)));
    });

    /// <summary>When the weights were last written to, in UTC; null where nobody knows.</summary>
    public DateTime? WeightsWritten => models.All.Max(model => model.LastWritten);

    /// <summary>The result, where all of it is in the store.</summary>
    public ResultForms Collect(ShardStore store) => collect(store);

    public void Dispose() => models.Dispose();

    /// <summary>A result that was there a moment ago may be gone.</summary>
    private static ModelAnalysis Whole(ModelAnalysis result) =>
        result.Layers.FirstOrDefault(layer => layer.Status == LayerStatus.Pending) is { } missing ? throw new IOException($"no result of {missing.Layer.Name} any more") : result;

    private static ShardedRun Of(IReadOnlyList<string> paths, AnalysisOptions options, Func<OpenedModels, ShardedRun> begin)
    {
        var opened = new OpenedModels(paths);
        try
        {
            LayerChoice.RequireAny(opened.All, options);
            return begin(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
