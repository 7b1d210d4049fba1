using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>Compresses a model: each weight matrix is replaced by its nearest one of lower rank (Eckart and Young 1936; Mirsky 1960), stored as two factors or as a matrix.</summary>
public static class ModelCompression
{
    private static readonly string[] Columns = [.. TruncationRun.Columns, "alpha"];

    /// <summary>Writes a folder with the compressed model.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="output">The folder; it must be new or empty, and appears whole or not at all.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far the work is.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind then.</param>
    /// <returns>What was done, with the errors of what is stored.</returns>
    /// <exception cref="MergeException">The model or the folder cannot be used.</exception>
    /// <exception cref="ModelFormatException">The model cannot be read to its end.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static Reshaping Of(Model model, string output, CompressionOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        var rows = ChosenLayers.Of(model, options, ConvolutionMode.Flatten, withEmbeddings: false);
        using var folder = ReshapedFolder.Begin(output);
        using var execution = Execution.On(options.Threads, cancellation);
        var steps = new Steps(2 * rows.Count(row => row.Reason is null), progress);
        var plans = Plans(rows, options, execution, steps);
        var layers = new TruncationRun(model, options, options.Form, execution, steps).Write(folder, plans, out var whole);
        folder.CopyCompanions(model, withConfiguration: true);
        folder.Complete();
        return new("compress", [model.Path], output, Settings(options), Columns, [.. layers.Zip(plans, (layer, plan) => layer with { Numbers = [.. layer.Numbers, plan.Alpha] })], Summary(model, layers, whole));
    }

    private static List<TruncationPlan> Plans(IReadOnlyList<(WeightMatrix Layer, string? Reason)> rows, CompressionOptions options, Execution execution, Steps steps)
    {
        var spectra = new List<LayerSpectra>();
        foreach (var (layer, reason) in rows)
        {
            spectra.Add(reason is null ? LayerSpectra.Of(layer, options, execution) : new(layer, [], reason));
            if (reason is null)
            {
                steps.Done(layer.Name);
            }
        }

        var ranked = options.Rule.Criterion == RankCriterion.Ratio ? ByRatio(spectra, options.Rule) : spectra.ConvertAll(layer => ByItself(layer, options.Rule));
        return options.Form == CompressedForm.Dense ? ranked : ranked.ConvertAll(AsFactors);
    }

    private static TruncationPlan ByItself(LayerSpectra spectra, RankRule rule)
    {
        if (spectra.Reason is { } reason)
        {
            return TruncationPlan.Keep(spectra, reason);
        }

        var (rank, none) = RankChoice.Of(spectra, rule);
        return rank is { } found ? TruncationPlan.Of(spectra, found) : TruncationPlan.Keep(spectra, none!);
    }

    private static List<TruncationPlan> ByRatio(List<LayerSpectra> spectra, RankRule rule)
    {
        var work = spectra.FindAll(layer => layer.Reason is null);
        var alphas = work.ConvertAll(layer => rule.Allocation == RankAllocation.Alpha ? RatioAllocation.Alpha(layer) : null);
        var ranks = RatioAllocation.Ranks(work.ConvertAll(layer => (layer.Layer.Rows, layer.Layer.Columns)), alphas, rule.Value, rule.Allocation == RankAllocation.Alpha ? rule.Spread : 0);
        var next = 0;
        return spectra.ConvertAll(layer => layer.Reason is { } reason ? TruncationPlan.Keep(layer, reason) : TruncationPlan.Of(layer, ranks[next]) with { Alpha = alphas[next++] });
    }

    private static TruncationPlan AsFactors(TruncationPlan plan) =>
        plan.IsChanged && FactorNames.Refusal(plan.Spectra.Layer, plan.Rank) is { } refusal ? plan with { Reason = refusal, Ranks = [] } : plan;

    private static List<KeyValuePair<string, string?>> Settings(CompressionOptions options) =>
    [
        new("rule", options.Rule.Criterion switch { RankCriterion.Given => "rank", RankCriterion.Energy => "energy", RankCriterion.RandomPart => "edge mp", RankCriterion.UnitDeterminant => "edge detx", _ => "ratio" }),
        new("value", options.Rule.Criterion is RankCriterion.RandomPart or RankCriterion.UnitDeterminant ? null : options.Rule.Value.ToString("R", CultureInfo.InvariantCulture)),
        new("allocation", options.Rule.Criterion == RankCriterion.Ratio ? options.Rule.Allocation.ToString().ToLowerInvariant() : null),
        new("spread", options.Rule is { Criterion: RankCriterion.Ratio, Allocation: RankAllocation.Alpha } rule ? rule.Spread.ToString("R", CultureInfo.InvariantCulture) : null),
        new("as", options.Form.ToString().ToLowerInvariant()),
        new("dtype", options.Type?.Name()),
    ];

    private static List<KeyValuePair<string, double?>> Summary(Model model, IReadOnlyList<ReshapedLayer> layers, (double Error, double Norm) whole)
    {
        double Sum(string column) => layers.Sum(layer => layer.Numbers[Array.IndexOf(Columns, column)] ?? 0);
        return
        [
            new("layers_changed", layers.Count(layer => layer.Status == ReshapingStatus.Changed)),
            new("layers_kept", layers.Count(layer => layer.Status == ReshapingStatus.Kept)),
            new("layers_failed", layers.Count(layer => layer.Status == ReshapingStatus.Failed)),
            new("relative_error", whole.Norm > 0 ? Math.Sqrt(whole.Error / whole.Norm) : 0),
            new("numbers_before", Sum("numbers_before")),
            new("numbers_after", Sum("numbers_after")),
            new("parameters_before", model.Parameters),
            new("parameters_after", model.Parameters - Sum("numbers_before") + Sum("numbers_after")),
        ];
    }
}
