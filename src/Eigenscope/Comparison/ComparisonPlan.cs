using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Comparison;

/// <summary>What a comparison compares with what: counterparts are found by headers, the work falls into parts, and what comes of all of them is the result.</summary>
internal sealed class ComparisonPlan
{
    private readonly LayerAnalysis[][] rows;
    private readonly Dictionary<int, ModelMatching> matchings = [];

    /// <summary>Finds counterparts.</summary>
    /// <param name="models">At least two open models.</param>
    /// <param name="options">What to do.</param>
    public ComparisonPlan(IReadOnlyList<Model> models, ComparisonOptions options)
    {
        Analysis = options.Analysis with { Convolutions = ConvolutionMode.Flatten, Filter = LayerFilter.All };
        (Models, Options) = (models, options);
        rows = [.. models.Select(model => ModelAnalysis.Begin(model, Analysis).Layers.ToArray())];
        List<int> adapters = [.. Enumerable.Range(0, models.Count).Where(IsAdapter)];
        Reference = options.Reference ?? Enumerable.Range(0, models.Count).Where(model => !adapters.Contains(model)).LastOrDefault(models.Count - 1);
        Adapters = adapters.Count == models.Count ? [] : adapters;
        foreach (var model in Compared)
        {
            matchings[model] = ModelMatching.Of((models[model], Pending(model)), (models[Reference], Pending(Reference)), options.Matching);
        }

        LeaveOutUnwanted();
        Parts = [.. Pending(Reference).Select(Together).Concat(Compared.SelectMany(Alone)).Select((part, id) => part with { Id = id })];
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<Model> Models { get; }

    /// <summary>What to do.</summary>
    public ComparisonOptions Options { get; }

    /// <summary>How layers are analysed.</summary>
    public AnalysisOptions Analysis { get; }

    /// <summary>The position of the model that the others are compared with: the one that was named, else the last; an adapter has its base for it, wherever that stands.</summary>
    public int Reference { get; }

    /// <summary>Positions of the models that are adapters, and stand for the reference with them on it; none where all are.</summary>
    public IReadOnlyList<int> Adapters { get; }

    /// <summary>The work, first that on layers of the reference, in their order.</summary>
    public IReadOnlyList<ComparisonPart> Parts { get; }

    private IEnumerable<int> Compared => Enumerable.Range(0, Models.Count).Where(model => model != Reference);

    /// <summary>What a part costs: each counterpart is analysed, and so is the change to it, while the Gram matrix of the layer is held, and vectors.</summary>
    public WorkEstimate CostOf(ComparisonPart part) => part.Counterparts.Count == 0 ? CostOf(part.Layer) : new(
        CostOf(part.Layer).Work + part.Counterparts.Sum(item => 2 * CostOf(item.Match.A).Work),
        part.Matrices.Max(layer => CostOf(layer).Memory + VectorAnalyzer.BytesBeside(layer, Options.Vectors, keepsGram: true)) + (sizeof(double) * SymmetricMatrix.Length(Math.Min(part.Layer.Rows, part.Layer.Columns))) + ComparisonRun.TaskBytes(part));

    /// <summary>The result, of what came of all parts.</summary>
    public ModelComparison Result(IReadOnlyList<ComparedPart> parts)
    {
        foreach (var (model, row) in parts.SelectMany(part => part.Rows))
        {
            rows[model][row.Layer.Id] = row;
        }

        List<LayerComparison> layers = [.. parts.Select(part => part.Layer).OfType<LayerComparison>()];
        var unmatched = Enumerable.Range(0, Models.Count).SelectMany(UnmatchedOf).ToList();
        return new(Models, Reference, Options, layers, unmatched, GroupComparison.Of(rows, layers, Reference, Options.GroupBy), [.. Compared.Select(model => ComparisonSummary.Of(model, Reference, layers))])
        {
            ByDepth = [.. Compared.Where(model => matchings[model].IsByDepth)],
            Adapters = Adapters,
            Skipped = [.. rows.Select(model => model.Count(row => row.Status == LayerStatus.Skipped))],
            Merge = MergeSummary.Of(layers),
            HasFailures = Array.Exists(rows, model => Array.Exists(model, row => row.Status == LayerStatus.Failed)),
        };
    }

    private WorkEstimate CostOf(WeightMatrix layer) => WorkEstimate.Of(layer, Options.Analysis.FirstRoute, Options.Analysis);

    private List<WeightMatrix> Pending(int model) => [.. rows[model].Where(row => row.Status == LayerStatus.Pending).Select(row => row.Layer)];

    /// <summary>An adapter may hold whole weights too, such as tables that it replaces.</summary>
    private bool IsAdapter(int model) => Array.Exists(rows[model], row => row.Status == LayerStatus.Pending && row.Layer.Product is not null);

    /// <summary>Layers that neither they nor a counterpart of theirs were asked for.</summary>
    private void LeaveOutUnwanted()
    {
        var filter = Options.Analysis.Filter;
        var wanted = matchings.SelectMany(item => item.Value.Matches.Where(match => filter.Reason(match.A) is null || filter.Reason(match.B) is null).SelectMany(match => new[] { (item.Key, match.A.Id), (Reference, match.B.Id) })).ToHashSet();
        for (var model = 0; model < rows.Length; model++)
        {
            rows[model] = Array.ConvertAll(rows[model], row => row.Status == LayerStatus.Pending && !wanted.Contains((model, row.Layer.Id)) && filter.Reason(row.Layer) is { } reason ? LayerAnalysis.Skipped(row.Layer, reason) : row);
        }
    }

    /// <summary>A layer of the reference with its counterparts.</summary>
    private ComparisonPart Together(WeightMatrix layer) => new(0, Reference, layer,
    [
        .. from model in Compared
           from match in matchings[model].Matches
           where match.B.Id == layer.Id && rows[model][match.A.Id].Status == LayerStatus.Pending
           select (model, match),
    ]);

    /// <summary>Layers of a compared model that have none.</summary>
    private IEnumerable<ComparisonPart> Alone(int model)
    {
        var matched = matchings[model].Matches.Select(match => match.A.Id).ToHashSet();
        return Pending(model).Where(layer => !matched.Contains(layer.Id)).Select(layer => new ComparisonPart(0, model, layer, []));
    }

    private IEnumerable<UnmatchedLayer> UnmatchedOf(int model)
    {
        var matched = (model == Reference ? matchings.Values.SelectMany(matching => matching.Matches.Select(match => match.B.Id)) : matchings[model].Matches.Select(match => match.A.Id)).ToHashSet();
        return rows[model].Where(row => row.Status is LayerStatus.Analyzed or LayerStatus.Failed && !matched.Contains(row.Layer.Id)).Select(row => new UnmatchedLayer(model, row.Layer, ReasonOf(model, row.Layer, matched)));
    }

    private string ReasonOf(int model, WeightMatrix layer, HashSet<int> matched) =>
        rows[model].Any(row => row.Layer.PartOf == layer.Name && matched.Contains(row.Layer.Id)) ? "its parts have counterparts"
        : layer.PartOf is { } whole && rows[model].Any(row => row.Layer.Name == whole && matched.Contains(row.Layer.Id)) ? "the whole has a counterpart"
        : RelativeDepth.IsOfBlocks(layer) && (model == Reference ? matchings.Values.Any(matching => matching.IsByDepth) : matchings[model].IsByDepth) ? "between the blocks that have counterparts at their relative depth"
        : model == Reference ? "no layer of its name, path, role or shape in any of the others" : "no layer of its name, path, role or shape in the other";
}
