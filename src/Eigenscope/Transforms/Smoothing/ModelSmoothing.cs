using System.Globalization;
using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>WeightWatcher's SVDSmoothing as a copy: of every weight matrix only the singular values that a method chooses are kept, those that count for its generalisation as the method has it.</summary>
/// <remarks>Convolutions are taken by kernel position, as WeightWatcher takes them; the truncation is exact, where WeightWatcher's is a randomised one.</remarks>
public static class ModelSmoothing
{
    /// <summary>Writes a folder with the smoothed model.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="output">The folder; it must be new or empty, and appears whole or not at all.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far the work is.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind then.</param>
    /// <returns>What was done, with the errors of what is stored.</returns>
    /// <exception cref="MergeException">The model or the folder cannot be used.</exception>
    /// <exception cref="ModelFormatException">The model cannot be read to its end.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static Reshaping Of(Model model, string output, SmoothingOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        var rows = ChosenLayers.Of(model, options, ConvolutionMode.Slices, withEmbeddings: false);
        using var folder = ReshapedFolder.Begin(output);
        using var execution = Execution.On(options.Threads, cancellation);
        var steps = new Steps(2 * rows.Count(row => row.Reason is null), progress);
        var plans = new List<TruncationPlan>();
        foreach (var (layer, reason) in rows)
        {
            plans.Add(SmoothedRank.Of(reason is null ? LayerSpectra.Of(layer, options, execution) : new(layer, [], reason), options));
            steps.Done(layer.Name);
        }

        var layers = new TruncationRun(model, options, CompressedForm.Dense, execution, steps).Write(folder, plans, out var whole);
        folder.CopyCompanions(model, withConfiguration: true);
        folder.Complete();
        return new("smooth", [model.Path], output, Settings(options), TruncationRun.Columns, layers,
        [
            new("layers_changed", layers.Count(layer => layer.Status == ReshapingStatus.Changed)),
            new("layers_kept", layers.Count(layer => layer.Status == ReshapingStatus.Kept)),
            new("layers_failed", layers.Count(layer => layer.Status == ReshapingStatus.Failed)),
            new("relative_error", whole.Norm > 0 ? Math.Sqrt(whole.Error / whole.Norm) : 0),
        ]);
    }

    private static List<KeyValuePair<string, string?>> Settings(SmoothingOptions options) =>
    [
        new("method", options.Method switch { SmoothingMethod.PowerLaw => "alpha_min", SmoothingMethod.DensityFit => "rmt", SmoothingMethod.Percent => "svd", _ => "detX" }),
        new("percent", options.Method == SmoothingMethod.Percent ? options.Percent.ToString("R", CultureInfo.InvariantCulture) : null),
        new("dtype", options.Type?.Name()),
    ];
}
