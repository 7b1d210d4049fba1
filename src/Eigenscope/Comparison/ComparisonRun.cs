using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>The work of a comparison: counterparts are found, and each layer of the reference is analysed and compared together with them, so that no more than these are held.</summary>
internal sealed class ComparisonRun : IDisposable
{
    /// <summary>Directions of a change that a look at merging takes at most.</summary>
    private const int MostTaskVectors = 512;

    private readonly IReadOnlyList<Model> models;
    private readonly ComparisonOptions options;
    private readonly IProgress<AnalysisProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly AnalysisSchedule schedule;
    private readonly PairComparer comparer;
    private readonly LayerAnalysis[][] rows;
    private readonly List<int> adapters;
    private readonly int reference;
    private readonly Dictionary<int, ModelMatching> matchings = [];

    public ComparisonRun(IReadOnlyList<Model> models, ComparisonOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        var analysis = options.Analysis with { Convolutions = ConvolutionMode.Flatten, Filter = LayerFilter.All };
        (this.models, this.options, this.progress, this.cancellation) = (models, options, progress, cancellation);
        schedule = new AnalysisSchedule(analysis, progress: null, cancellation);
        comparer = new PairComparer(options, schedule, cancellation);
        rows = [.. models.Select(model => ModelAnalysis.Begin(model, analysis).Layers.ToArray())];
        adapters = [.. Enumerable.Range(0, models.Count).Where(IsAdapter)];
        reference = ReferenceOf();
        adapters = adapters.Count == models.Count ? [] : adapters;
    }

    /// <summary>Compares the models.</summary>
    public ModelComparison Result()
    {
        foreach (var model in Compared)
        {
            matchings[model] = ModelMatching.Of((models[model], Pending(model)), (models[reference], Pending(reference)), options.Matching);
        }

        LeaveOutUnwanted();
        var found = new LayerComparison?[rows[reference].Length];
        new WorkSchedule(options.Analysis.Threads, progress, cancellation).Run([.. Pending(reference).Select(layer => TogetherWith(layer, found)), .. Compared.SelectMany(Alone)]);
        return Assembled([.. found.OfType<LayerComparison>()]);
    }

    public void Dispose() => schedule.Dispose();

    private IEnumerable<int> Compared => Enumerable.Range(0, models.Count).Where(model => model != reference);

    private List<WeightMatrix> Pending(int model) => [.. rows[model].Where(row => row.Status == LayerStatus.Pending).Select(row => row.Layer)];

    /// <summary>An adapter may hold whole weights too, such as tables that it replaces.</summary>
    private bool IsAdapter(int model) => Array.Exists(rows[model], row => row.Status == LayerStatus.Pending && row.Layer.Product is not null);

    /// <summary>The one that was named, else the last; an adapter has its base for it, wherever that stands.</summary>
    private int ReferenceOf() => options.Reference ?? Enumerable.Range(0, models.Count).Where(model => !adapters.Contains(model)).LastOrDefault(models.Count - 1);

    /// <summary>Layers that neither they nor a counterpart of theirs were asked for.</summary>
    private void LeaveOutUnwanted()
    {
        var filter = options.Analysis.Filter;
        var wanted = matchings.SelectMany(item => item.Value.Matches.Where(match => filter.Reason(match.A) is null || filter.Reason(match.B) is null).SelectMany(match => new[] { (item.Key, match.A.Id), (reference, match.B.Id) })).ToHashSet();
        for (var model = 0; model < rows.Length; model++)
        {
            rows[model] = Array.ConvertAll(rows[model], row => row.Status == LayerStatus.Pending && !wanted.Contains((model, row.Layer.Id)) && filter.Reason(row.Layer) is { } reason ? LayerAnalysis.Skipped(row.Layer, reason) : row);
        }
    }

    private IEnumerable<(int Model, LayerMatch Match)> CounterpartsOf(WeightMatrix layer) =>
        from model in Compared
        from match in matchings[model].Matches
        where match.B.Id == layer.Id && rows[model][match.A.Id].Status == LayerStatus.Pending
        select (model, match);

    private WorkItem TogetherWith(WeightMatrix layer, LayerComparison?[] found)
    {
        var counterparts = CounterpartsOf(layer).ToList();
        var cost = counterparts.Aggregate(CostOf(layer), (sum, item) => sum.Then(CostOf(item.Match.A)).Then(CostOf(item.Match.A)));
        return new(layer.Name, cost, AnalysisSchedule.IsWorthThreads(layer), threads => found[layer.Id] = Compare(layer, counterparts, threads));
    }

    private IEnumerable<WorkItem> Alone(int model)
    {
        var matched = matchings[model].Matches.Select(match => match.A.Id).ToHashSet();
        return Pending(model).Where(layer => !matched.Contains(layer.Id))
            .Select(layer => new WorkItem(layer.Name, CostOf(layer), AnalysisSchedule.IsWorthThreads(layer), threads => rows[model][layer.Id] = schedule.Analyze(layer, threads)));
    }

    private WorkEstimate CostOf(WeightMatrix layer) => WorkEstimate.Of(layer, options.Analysis.FirstRoute, options.Analysis);

    /// <summary>Analyses a layer of the reference and its counterparts; null where it has none.</summary>
    private LayerComparison? Compare(WeightMatrix layer, List<(int Model, LayerMatch Match)> counterparts, int threads)
    {
        if (counterparts.Count == 0)
        {
            rows[reference][layer.Id] = schedule.Analyze(layer, threads);
            return null;
        }

        using var b = comparer.Analyze(layer, threads, keepsKernel: true);
        rows[reference][layer.Id] = b.Analysis;
        var (pairs, changes) = (new List<PairComparison>(), new List<IMatrix>());
        foreach (var (model, match) in counterparts)
        {
            var (a, pair, change) = Compare(model, match, b, threads);
            rows[model][match.A.Id] = a;
            pairs.Add(pair);
            if (change is not null && pair.Change is not null)
            {
                changes.Add(change);
            }
        }

        LayerAnalysis?[] analyses = [.. Enumerable.Range(0, models.Count).Select(model => model == reference ? b.Analysis : counterparts.Exists(item => item.Model == model) ? rows[model][counterparts.Find(item => item.Model == model).Match.A.Id] : null)];
        return new(analyses.First(row => row is not null)!.Layer.Name, analyses, pairs) { Merge = OutlookOf(changes, threads) };
    }

    private (LayerAnalysis A, PairComparison Pair, IMatrix? Change) Compare(int model, LayerMatch match, AnalyzedLayer b, int threads)
    {
        if (adapters.Contains(model) && match.A.Product is not null)
        {
            return comparer.CompareAdapter(match, model, b, threads);
        }

        return comparer.Compare(match, (model, models[model]), models[reference], b, threads);
    }

    private MergeOutlook? OutlookOf(List<IMatrix> changes, int threads)
    {
        if (changes.Count < 2)
        {
            return null;
        }

        var order = Math.Min(changes[0].Rows, changes[0].Columns);
        return changes.TrueForAll(change => change.Rows == changes[0].Rows && change.Columns == changes[0].Columns)
            ? MergeOutlook.Of(changes.ConvertAll(change => TaskOf(change, Math.Min(order, MostTaskVectors), threads)), cancellation)
            : null;
    }

    private TaskChange TaskOf(IMatrix change, int count, int threads)
    {
        var (spectrum, vectors) = Spectrum.OfGramWithVectors(change, count, threads, cancellation);
        return new(change, spectrum.SingularValues, vectors);
    }

    private ModelComparison Assembled(IReadOnlyList<LayerComparison> layers)
    {
        var unmatched = Enumerable.Range(0, models.Count).SelectMany(UnmatchedOf).ToList();
        return new(models, reference, options, layers, unmatched, GroupComparison.Of(rows, layers, reference, options.GroupBy), [.. Compared.Select(model => ComparisonSummary.Of(model, reference, layers))])
        {
            ByDepth = [.. Compared.Where(model => matchings[model].IsByDepth)],
            Adapters = adapters,
            Skipped = [.. rows.Select(model => model.Count(row => row.Status == LayerStatus.Skipped))],
            Merge = MergeSummary.Of(layers),
            HasFailures = Array.Exists(rows, model => Array.Exists(model, row => row.Status == LayerStatus.Failed)),
        };
    }

    private IEnumerable<UnmatchedLayer> UnmatchedOf(int model)
    {
        var matched = (model == reference ? matchings.Values.SelectMany(matching => matching.Matches.Select(match => match.B.Id)) : matchings[model].Matches.Select(match => match.A.Id)).ToHashSet();
        return rows[model].Where(row => row.Status is LayerStatus.Analyzed or LayerStatus.Failed && !matched.Contains(row.Layer.Id)).Select(row => new UnmatchedLayer(model, row.Layer, ReasonOf(model, row.Layer, matched)));
    }

    private string ReasonOf(int model, WeightMatrix layer, HashSet<int> matched) =>
        rows[model].Any(row => row.Layer.PartOf == layer.Name && matched.Contains(row.Layer.Id)) ? "its parts have counterparts"
        : layer.PartOf is { } whole && rows[model].Any(row => row.Layer.Name == whole && matched.Contains(row.Layer.Id)) ? "the whole has a counterpart"
        : RelativeDepth.IsOfBlocks(layer) && (model == reference ? matchings.Values.Any(matching => matching.IsByDepth) : matchings[model].IsByDepth) ? "between the blocks that have counterparts at their relative depth"
        : model == reference ? "no layer of its name, path, role or shape in any of the others" : "no layer of its name, path, role or shape in the other";
}
