using Eigenscope.Analysis;

namespace Eigenscope.Learning;

/// <summary>What lessons read of a layer of a model.</summary>
/// <param name="Model">The model's path.</param>
/// <param name="Name">The layer's name.</param>
/// <param name="Rows">Rows of its matrix.</param>
/// <param name="Columns">Columns of its matrix.</param>
/// <param name="Eigenvalues">lambda = sigma^2, ascending, min(rows, columns) of them.</param>
/// <param name="Metric">The value of a metric of <see cref="Metrics.MetricTable"/> by its name; null where it is undefined.</param>
public sealed record LayerReading(string Model, string Name, int Rows, int Columns, IReadOnlyList<double> Eigenvalues, Func<string, double?> Metric)
{
    /// <summary>A layer that was analysed.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="LessonException">It was not analysed, or it is several matrices.</exception>
    public static LayerReading Of(string model, LayerAnalysis layer) => layer.Spectrum switch
    {
        null => throw new LessonException($"{model}: {layer.Layer.Name}: {layer.Reason ?? "not analysed"}"),
        { IsWhole: false } => throw new LessonException($"{model}: {layer.Layer.Name} is analysed as several matrices or in part; a lesson wants one whole matrix"),
        { } spectrum => new(model, layer.Layer.Name, layer.Layer.Rows, layer.Layer.Columns, spectrum.Eigenvalues, name => layer[name]),
    };
}
