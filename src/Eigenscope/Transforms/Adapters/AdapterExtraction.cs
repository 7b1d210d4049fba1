using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;

namespace Eigenscope.Transforms;

/// <summary>
/// Extracts a low-rank adapter (LoRA, Hu and others 2022) from a model and the base that it was trained from: D = model - base of each matrix is stored as B A, B = U diag(sqrt sigma),
/// A = diag(sqrt sigma) V^T of its largest singular values, in the layout of PEFT.
/// </summary>
public static class AdapterExtraction
{
    private static readonly string[] Columns = ["rank", "full_rank", "change_norm", "relative_error", "numbers_before", "numbers_after"];

    /// <summary>What is said of a tensor that is the same in both.</summary>
    internal const string Unchanged = "unchanged";

    /// <summary>Writes a folder with the adapter.</summary>
    /// <param name="base">The base, open.</param>
    /// <param name="model">The model that it became, open.</param>
    /// <param name="output">The folder; it must be new or empty, and appears whole or not at all.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far the work is.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind then.</param>
    /// <returns>What was done, what the adapter cannot hold, and the errors of what is stored.</returns>
    /// <exception cref="MergeException">A model or the folder cannot be used, or no change goes into factors.</exception>
    /// <exception cref="ModelFormatException">A model cannot be read to its end.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static Reshaping Of(Model @base, Model model, string output, ExtractionOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        ChosenLayers.RequirePlain(@base);
        ChosenLayers.RequirePlain(model);
        using var folder = ReshapedFolder.Begin(output);
        using var execution = Execution.On(options.Threads, cancellation);
        var steps = new Steps(2 * model.Tensors.Count, progress);
        var changes = new ExtractionPlan(@base, model, options, execution, steps).Changes();
        RequireFactors(@base, model, changes);
        var writer = new AdapterWriter(changes, options, execution, steps);
        folder.Write(AdapterNames.Weights, model, writer.Tensors(), cancellation);
        folder.WriteFile(AdapterNames.Configuration, AdapterConfiguration.Of(model, @base.Path, changes));
        var errors = Errors(folder, changes, writer);
        folder.CopyCompanions(model, withConfiguration: false);
        folder.Complete();
        return new("extract-lora", [@base.Path, model.Path], output, Settings(options), Columns, [.. changes.Zip(errors, Row)], Summary(@base, model, changes, errors));
    }

    private static void RequireFactors(Model @base, Model model, IReadOnlyList<TensorChange> changes)
    {
        if (changes.Any(change => change.Part == AdapterPart.Factors))
        {
            return;
        }

        throw new MergeException(changes.FirstOrDefault(change => change.Reason != Unchanged) is { } first
            ? $"{model.Path}: no change from {@base.Path} goes into factors ({first.Name}: {first.Reason})"
            : $"{model.Path} and {@base.Path} hold the same weights: there is nothing to extract");
    }

    private static List<double> Errors(ReshapedFolder folder, IReadOnlyList<TensorChange> changes, AdapterWriter writer)
    {
        using var written = Model.Open(folder.Partial);
        var adapter = written.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return [.. changes.Select(change => writer.Error(change, adapter))];
    }

    private static ReshapedLayer Row(TensorChange change, double error)
    {
        var status = change.Part != AdapterPart.None ? ReshapingStatus.Changed : change.IsFailed ? ReshapingStatus.Failed : change.Reason == Unchanged ? ReshapingStatus.Kept : ReshapingStatus.Lost;
        double? rank = change.Part == AdapterPart.Factors ? change.Rank : null;
        return new(change.Layer, status, change.Reason, change.Norm > 0 ? [rank, change.FullRank > 0 ? change.FullRank : null, Math.Sqrt(change.Norm), Math.Sqrt(error / change.Norm), change.Layer.Tensor.Count, Numbers(change)] : new double?[Columns.Length]);
    }

    private static double Numbers(TensorChange change) => change.Part switch
    {
        AdapterPart.Factors => (double)change.Rank * (change.Layer.Rows + change.Layer.Columns),
        AdapterPart.None => 0,
        _ => change.Layer.Tensor.Count,
    };

    private static List<KeyValuePair<string, string?>> Settings(ExtractionOptions options) =>
    [
        new("rule", options.Rule.Criterion switch { RankCriterion.Given => "rank", RankCriterion.Energy => "energy", _ => "edge mp" }),
        new("value", options.Rule.Criterion == RankCriterion.RandomPart ? null : options.Rule.Value.ToString("R", CultureInfo.InvariantCulture)),
        new("max_rank", options.MaxRank.ToString(CultureInfo.InvariantCulture)),
        new("sv_epsilon", options.Epsilon?.ToString("R", CultureInfo.InvariantCulture)),
        new("embeddings", options.Embeddings switch { EmbeddingUse.LowRank => "low-rank", EmbeddingUse.Skip => "skip", _ => "full" }),
        new("dtype", options.Type?.Name()),
    ];

    private static List<KeyValuePair<string, double?>> Summary(Model @base, Model model, IReadOnlyList<TensorChange> changes, List<double> errors)
    {
        var names = model.Tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var norm = changes.Sum(change => change.Norm);
        return
        [
            new("tensors_in_factors", changes.Count(change => change.Part is AdapterPart.Factors or AdapterPart.Bias)),
            new("tensors_whole", changes.Count(change => change.Part == AdapterPart.Whole)),
            new("tensors_lost", changes.Count(change => change is { Part: AdapterPart.None, IsFailed: false, Reason: not Unchanged })),
            new("tensors_failed", changes.Count(change => change.IsFailed)),
            new("tensors_of_the_base_alone", @base.Tensors.Count(tensor => !names.Contains(tensor.Name))),
            new("change_norm", Math.Sqrt(norm)),
            new("lost_norm", Math.Sqrt(changes.Where(change => change.Part == AdapterPart.None).Sum(change => change.Norm))),
            new("relative_error", Math.Sqrt(errors.Sum() / norm)),
            new("numbers_before", changes.Where(change => change.Norm > 0).Sum(change => change.Layer.Tensor.Count)),
            new("numbers_after", changes.Sum(Numbers)),
        ];
    }
}
