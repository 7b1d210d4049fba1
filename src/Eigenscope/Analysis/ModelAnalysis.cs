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
        if (options.Solver == SpectrumSolver.Lapack)
        {
            LapackLibrary.Installed.SetThreads(options.Threads);
        }

        var table = WeightTable.Of(model, options.Table with { Wanted = layer => options.Filter.Reason(layer) is null });
        var layers = new LayerAnalysis[table.Count];
        var work = new List<WeightMatrix>();
        foreach (var layer in table)
        {
            if ((layer.SkipReason ?? options.Filter.Reason(layer)) is { } reason)
            {
                layers[layer.Id] = LayerAnalysis.Skipped(layer, reason);
            }
            else
            {
                work.Add(layer);
            }
        }

        using var schedule = new AnalysisSchedule(options, progress, cancellation);
        schedule.Run(work, layers);
        return new ModelAnalysis(model, options, layers, ModelSummary.Of(layers));
    }
}
