using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Spectra;

namespace Eigenscope.Analysis;

/// <summary>The analysis of a model: a row for every tensor, and the summary.</summary>
/// <param name="Model">The model. Its names and sizes stay usable after it is disposed.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Layers">One row for every layer, in the order of the model, skipped and failed ones included.</param>
/// <param name="Summary">Means over the layers.</param>
public sealed record ModelAnalysis(Model Model, AnalysisOptions Options, IReadOnlyList<LayerAnalysis> Layers, ModelSummary Summary)
{
    /// <summary>True where at least one layer failed.</summary>
    public bool HasFailures => Layers.Any(layer => layer.Status == LayerStatus.Failed);

    /// <summary>Analyses every layer of a model that passes the filter.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of every finished layer, from any thread.</param>
    /// <param name="cancellation">Stops the run within a fraction of a second.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="LapackUnavailableException">The solver is LAPACK, and no usable library is installed.</exception>
    public static ModelAnalysis Of(Model model, AnalysisOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        var begun = Begin(model, options);
        LayerAnalysis[] layers = [.. begun.Layers];
        using var schedule = new AnalysisSchedule(options, progress, cancellation);
        schedule.Run([.. layers.Where(layer => layer.Status == LayerStatus.Pending).Select(layer => layer.Layer)], layers);
        return begun.With(layers);
    }

    /// <summary>The analysis before its first layer: what passes the filter is <see cref="LayerStatus.Pending"/>. <see cref="Analyze"/> and <see cref="With(LayerAnalysis)"/> go on from here.</summary>
    /// <param name="model">An open model.</param>
    /// <param name="options">What to do.</param>
    /// <exception cref="LapackUnavailableException">The solver is LAPACK, and no usable library is installed.</exception>
    public static ModelAnalysis Begin(Model model, AnalysisOptions options)
    {
        if (options.Solver == SpectrumSolver.Lapack)
        {
            LapackLibrary.Installed.SetThreads(options.Threads);
        }

        var table = WeightTable.Of(model, options.Table with { Wanted = layer => options.Filter.Reason(layer) is null });
        LayerAnalysis[] layers = [.. table.Select(layer => (layer.SkipReason ?? options.Filter.Reason(layer)) is { } reason ? LayerAnalysis.Skipped(layer, reason) : LayerAnalysis.Pending(layer))];
        return new ModelAnalysis(model, options, layers, ModelSummary.Of(layers));
    }

    /// <summary>Analyses one layer, with all threads where it is large; the same numbers as in the analysis of the whole model. The model must be open.</summary>
    /// <param name="layer">A row of <see cref="Layers"/> that is pending.</param>
    /// <param name="cancellation">Stops within a fraction of a second.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public LayerAnalysis Analyze(LayerAnalysis layer, CancellationToken cancellation = default)
    {
        if (layer.Status != LayerStatus.Pending)
        {
            throw new ArgumentException($"{layer.Layer.Name} is not pending but {layer.Status}", nameof(layer));
        }

        using var schedule = new AnalysisSchedule(Options, progress: null, cancellation);
        return schedule.Run(layer.Layer);
    }

    /// <summary>The same analysis with another result for one of its layers, and the summary that follows.</summary>
    public ModelAnalysis With(LayerAnalysis layer)
    {
        LayerAnalysis[] layers = [.. Layers];
        layers[layer.Layer.Id] = layer;
        return With(layers);
    }

    /// <summary>The same analysis with other results for its layers, and the summary that follows.</summary>
    internal ModelAnalysis With(LayerAnalysis[] layers) => this with { Layers = layers, Summary = ModelSummary.Of(layers) };
}
