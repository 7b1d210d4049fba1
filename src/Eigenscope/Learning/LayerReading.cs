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
    private const string Condition = "condition_number";

    /// <summary>The rank of an adapter's product, which its factors give; null for a matrix that is stored whole.</summary>
    public int? ProductRank { get; private init; }

    /// <summary>A layer that was analysed.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="LessonException">It was not analysed, or it is several matrices.</exception>
    public static LayerReading Of(string model, LayerAnalysis layer) => layer.Spectrum switch
    {
        null => throw new LessonException($"{model}: {layer.Layer.Name}: {layer.Reason ?? "not analysed"}"),
        { } product when layer.Layer.Product is not null => OfProduct(model, layer.Layer.Name, layer.Layer.Rows, layer.Layer.Columns, product.Eigenvalues, name => layer[name]),
        { IsWhole: false } => throw new LessonException($"{model}: {layer.Layer.Name} is analysed as several matrices or in part; a lesson wants one whole matrix"),
        { } spectrum => new(model, layer.Layer.Name, layer.Layer.Rows, layer.Layer.Columns, spectrum.Eigenvalues, name => layer[name]),
    };

    /// <summary>The product of an adapter's factors: as many singular values as its rank, and the others zero, so that some direction is always lost.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="known">lambda of its core, ascending; no more than the smaller side.</param>
    /// <param name="metric">The value of a metric.</param>
    internal static LayerReading OfProduct(string model, string name, int rows, int columns, IReadOnlyList<double> known, Func<string, double?> metric)
    {
        var zeros = Math.Min(rows, columns) - known.Count;
        return new(model, name, rows, columns, [.. new double[zeros], .. known], wanted => wanted == Condition && zeros > 0 ? null : metric(wanted)) { ProductRank = known.Count };
    }
}
