using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Spectra;

namespace Eigenscope.Reports;

/// <summary>The analysis of a model as work for shards: a part for every layer.</summary>
public sealed class AnalysisShards : IShardWork
{
    private readonly ModelAnalysis begun;
    private readonly ShardModel identity;

    /// <summary>The work of an analysis.</summary>
    /// <param name="begun">The analysis before its first layer; its model must be open.</param>
    public AnalysisShards(ModelAnalysis begun)
    {
        (this.begun, identity) = (begun, ShardModel.Of(begun.Model));
        Parts = [.. begun.Layers.Where(layer => layer.Status == LayerStatus.Pending).Select(PartOf)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ShardPart> Parts { get; }

    /// <inheritdoc/>
    public byte[] KeyOf(ShardPart part) => ShardJson.Key(begun.Layers[part.Id], begun.Options, identity);

    /// <inheritdoc/>
    public bool IsResult(ShardPart part, ReadOnlyMemory<byte> content) => Read(part, content) is not null;

    /// <inheritdoc/>
    public void Run(IReadOnlyList<ShardPart> parts, Func<ShardPart, bool> isThere, Action<ShardPart, ShardResult> done, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        var partOf = parts.ToDictionary(part => part.Id);
        using var schedule = new AnalysisSchedule(begun.Options, progress, cancellation);
        schedule.Run(
            [.. parts.Select(part => begun.Layers[part.Id].Layer)],
            layer => isThere(partOf[layer.Id]),
            result => done(partOf[result.Layer.Id], result.RetryReason is { } reason ? new(null, reason) : new(ShardJson.Result(result), null)));
    }

    /// <summary>The analysis with all results that are there; layers that are missing stay pending.</summary>
    /// <param name="store">Where results are.</param>
    public ModelAnalysis Collect(ShardStore store)
    {
        LayerAnalysis[] layers = [.. begun.Layers];
        Parallel.ForEach(Parts, part => layers[part.Id] = store.Find(part) is { } content && Read(part, content) is { } found ? found : layers[part.Id]);
        return begun.With(layers);
    }

    private LayerAnalysis? Read(ShardPart part, ReadOnlyMemory<byte> content) => ShardJson.Read(content, begun.Layers[part.Id]);

    private ShardPart PartOf(LayerAnalysis layer)
    {
        var (options, shorter) = (begun.Options, Math.Min(layer.Layer.Rows, layer.Layer.Columns));
        var (work, memory) = WorkEstimate.Of(layer.Layer, options.FirstRoute, options);
        var turnsAccurate = options.MayTurnAccurate && !(options.Approximate && shorter > LanczosSpectrum.LargestExact);
        return new(layer.Layer.Id, layer.Layer.Name, work, memory, turnsAccurate ? Math.Max(memory, WorkEstimate.Of(layer.Layer, SpectrumRoute.Accurate, options).Memory) : memory);
    }
}
