using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Spectra;

namespace Eigenscope.Reports;

/// <summary>A comparison of models as work for shards: a part for every layer of the reference with its counterparts, and one for every layer that has none.</summary>
public sealed class ComparisonShards : IShardWork
{
    private readonly ComparisonPlan plan;
    private readonly ShardModel[] identities;

    /// <summary>The work of a comparison.</summary>
    /// <param name="models">At least two open models.</param>
    /// <param name="options">What to do.</param>
    public ComparisonShards(IReadOnlyList<Model> models, ComparisonOptions options)
    {
        plan = new ComparisonPlan(models, options);
        identities = [.. models.Select(ShardModel.Of)];
        Parts = [.. plan.Parts.Select(PartOf)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ShardPart> Parts { get; }

    /// <inheritdoc/>
    public byte[] KeyOf(ShardPart part) => ComparisonShardJson.Key(plan.Parts[part.Id], plan, identities);

    /// <inheritdoc/>
    public bool IsResult(ShardPart part, ReadOnlyMemory<byte> content) => Read(part, content) is not null;

    /// <inheritdoc/>
    public void Run(IReadOnlyList<ShardPart> parts, Func<ShardPart, bool> isThere, Action<ShardPart, ShardResult> done, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        using var run = new ComparisonRun(plan, progress, cancellation);
        run.Run(
            parts.Select(part => plan.Parts[part.Id]),
            part => isThere(Parts[part.Id]),
            compared => done(Parts[compared.Part.Id], compared.TransientReason is { } reason ? new(null, reason) : new(ComparisonShardJson.Result(compared), null)));
    }

    /// <summary>The comparison, where all results are there.</summary>
    /// <param name="store">Where results are.</param>
    /// <exception cref="IOException">One is not there.</exception>
    public ModelComparison Collect(ShardStore store)
    {
        var found = Parts.AsParallel().AsOrdered().Select(part => store.Find(part) is { } content ? Read(part, content) : null).ToArray();
        return plan.Result([.. found.Zip(Parts, (compared, part) => compared ?? throw new IOException($"{store.FileOf(part)}: no result of {part.Name}"))]);
    }

    private ComparedPart? Read(ShardPart part, ReadOnlyMemory<byte> content) => ComparisonShardJson.Read(content, plan.Parts[part.Id], plan);

    private ShardPart PartOf(ComparisonPart part)
    {
        var (work, memory) = plan.CostOf(part);
        var accurate = plan.Analysis.MayTurnAccurate ? part.Matrices.Max(layer => WorkEstimate.Of(layer, SpectrumRoute.Accurate, plan.Analysis).Memory) : 0;
        return new(part.Id, part.Layer.Name, work, memory, Math.Max(memory, accurate));
    }
}
