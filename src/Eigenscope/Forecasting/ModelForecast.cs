using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Forecasting;

/// <summary>The forecast of every layer of a model from its checkpoints.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="History">The checkpoints from which is forecast, ascending; the last one is the origin.</param>
/// <param name="Later">Those that came after it, with which the forecast is compared.</param>
/// <param name="Unit">What steps count: step, epoch, ...; checkpoint where the checkpoints have no numbers.</param>
/// <param name="Layers">One for each layer that was asked for, in the order of the model.</param>
/// <param name="Untracked">How many other tensors the model has.</param>
public sealed record ModelForecast(ModelForecastOptions Options, IReadOnlyList<Tracking.Checkpoint> History, IReadOnlyList<Tracking.Checkpoint> Later, string Unit, IReadOnlyList<ForecastedLayer> Layers, int Untracked)
{
    /// <summary>All layers together.</summary>
    public ForecastSummary Summary { get; } = ForecastSummary.Of(Layers);

    /// <summary>True where a layer has no forecast.</summary>
    public bool HasFailures => Layers.Any(layer => layer.Forecast is null);

    /// <summary>Forecasts the layers of a model.</summary>
    /// <param name="checkpoints">Its checkpoints in the order of the training, at least two up to the origin.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of every finished layer, from any thread.</param>
    /// <param name="cancellation">Stops the run within a fraction of a second.</param>
    /// <exception cref="ModelFormatException">A checkpoint or a file of gradients cannot be read, or there are too few.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ModelForecast Of(IReadOnlyList<Tracking.Checkpoint> checkpoints, ModelForecastOptions options, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        var (steps, unit) = StepsOf(checkpoints);
        var history = options.Origin is { } origin ? steps.Count(step => step <= origin) : steps.Count;
        if (history < 2)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, checkpoints[0].Path, $"{history} {(history == 1 ? "checkpoint" : "checkpoints")} up to {(options.Origin is { } step ? $"{unit} {step}" : "the last one")}; a forecast needs two at least, and four to choose its method");
        }

        using var run = new ForecastRun([.. checkpoints.Zip(steps)], history, options, cancellation);
        return new(options, [.. checkpoints.Take(history)], [.. checkpoints.Skip(history)], unit, run.Layers(progress), run.Untracked);
    }

    /// <summary>The steps; places where the checkpoints have no numbers.</summary>
    private static (IReadOnlyList<long> Steps, string Unit) StepsOf(IReadOnlyList<Tracking.Checkpoint> checkpoints) => checkpoints.All(checkpoint => checkpoint.Step is not null)
        ? ([.. checkpoints.Select(checkpoint => checkpoint.Step!.Value)], checkpoints[0].Unit)
        : ([.. checkpoints.Select((_, place) => (long)place)], "checkpoint");
}

/// <summary>The work of a forecast: models stay open, and layers are forecast side by side.</summary>
internal sealed class ForecastRun : IDisposable
{
    private readonly ModelForecastOptions options;
    private readonly CancellationToken cancellation;
    private readonly List<(Model Model, long Step, Dictionary<string, WeightMatrix> Layers)> checkpoints = [];
    private readonly IReadOnlyList<LayerAnalysis> rows;
    private readonly int history;
    private readonly Model? statistics;
    private readonly IReadOnlyList<(long Step, string Path)> gradients;

    public ForecastRun(IReadOnlyList<(Tracking.Checkpoint Checkpoint, long Step)> given, int history, ModelForecastOptions options, CancellationToken cancellation)
    {
        (this.history, this.cancellation) = (history, cancellation);
        this.options = options with { Analysis = options.Analysis with { Convolutions = ConvolutionMode.Flatten } };
        try
        {
            foreach (var (checkpoint, step) in given)
            {
                var model = Model.Open(checkpoint.Path);
                checkpoints.Add((model, step, []));
                checkpoints[^1] = (model, step, WeightTable.Of(model, this.options.Analysis.Table with { CompareValues = false }).Where(layer => layer.SkipReason is null).ToDictionary(layer => layer.Name, StringComparer.Ordinal));
            }

            rows = ModelAnalysis.Begin(checkpoints[history - 1].Model, this.options.Analysis).Layers;
            statistics = GradientFiles.OpenStatistics(given[history - 1].Checkpoint.Path);
            gradients = options.Gradients is { } folder ? GradientFiles.Steps(folder) : [];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many tensors are not forecast.</summary>
    public int Untracked => rows.Count(row => row.Status != LayerStatus.Pending);

    /// <summary>Forecasts the layers.</summary>
    public IReadOnlyList<ForecastedLayer> Layers(IProgress<AnalysisProgress>? progress)
    {
        var layers = rows.Where(row => row.Status == LayerStatus.Pending).Select(row => row.Layer).ToList();
        var found = new ForecastedLayer[layers.Count];
        new WorkSchedule(options.Analysis.Threads, progress, cancellation).Run([.. layers.Select((layer, i) =>
            new WorkItem(layer.Name, WorkEstimate.Of(layer, options.Analysis.FirstRoute, options.Analysis), AnalysisSchedule.IsWorthThreads(layer), threads => found[i] = Forecast(layer, threads)))]);
        return found;
    }

    public void Dispose()
    {
        statistics?.Dispose();
        checkpoints.ForEach(checkpoint => checkpoint.Model.Dispose());
    }

    private ForecastedLayer Forecast(WeightMatrix layer, int threads)
    {
        var own = options with { Forecast = options.Forecast with { Threads = threads } };
        List<TimedWeights> before = [.. Found(layer, checkpoints.Take(history))], after = [.. Found(layer, checkpoints.Skip(history))];
        if (before.Count < 2)
        {
            return new(layer, null, null, "no earlier checkpoint has this layer in this shape");
        }

        try
        {
            var known = statistics is null ? null : GradientFiles.StatisticsOf(statistics, layer.Tensor.Name);
            var forecast = LayerForecast.Of(before, own.Forecast, known, after, cancellation);
            return new(layer, forecast, gradients.Count == 0 || layer.PartOf is not null ? null : Streamed(layer, before[^1], after, own), null);
        }
        catch (Exception e) when (e is NonFiniteElementException or ModelFormatException)
        {
            return new(layer, null, null, e.Message);
        }
    }

    /// <summary>What the gradients make of the layer; a file of them that cannot be used is told, and costs no forecast.</summary>
    private StreamedForecast Streamed(WeightMatrix layer, TimedWeights origin, List<TimedWeights> later, ModelForecastOptions own)
    {
        try
        {
            return StreamedRun.Of(layer.Tensor.Name, origin, later, gradients, own, cancellation);
        }
        catch (Exception e) when (e is NonFiniteElementException or ModelFormatException or ArgumentException)
        {
            return new(StreamedRun.MethodOf(own), 0, [], e.Message);
        }
    }

    /// <summary>The layer at the checkpoints that have it as one matrix of the same shape.</summary>
    private static IEnumerable<TimedWeights> Found(WeightMatrix layer, IEnumerable<(Model Model, long Step, Dictionary<string, WeightMatrix> Layers)> among) =>
        from checkpoint in among
        let same = checkpoint.Layers.GetValueOrDefault(layer.Name)
        where same is not null && same.Rows == layer.Rows && same.Columns == layer.Columns && MatrixOf(same) is not null
        select new TimedWeights(checkpoint.Step, MatrixOf(same)!);

    private static IMatrix? MatrixOf(WeightMatrix layer) => layer.Product?.Whole ?? (layer.Slices.Count == 1 ? layer.Slices[0] : null);
}
