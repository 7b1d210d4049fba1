using Eigenscope.Analysis;
using Eigenscope.Models.Layers;

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
    private const string AtFloor = "num_at_floor";

    /// <summary>The rank of an adapter's product, which its factors give; null for a matrix that is stored whole.</summary>
    public int? ProductRank { get; private init; }

    /// <summary>True for the kernel of a convolution, which is read as one matrix.</summary>
    public bool IsConvolution { get; private init; }

    /// <summary>How many singular values are above 0.</summary>
    public int Rank => Eigenvalues.Count(lambda => lambda > 0);

    /// <summary>The value of a metric that a layer with a singular value above 0 has.</summary>
    /// <param name="metric">Its name.</param>
    /// <exception cref="LessonException">It is undefined.</exception>
    internal double Known(string metric) => Metric(metric) ?? throw new LessonException($"{Name}: {metric} is undefined");

    /// <summary>A layer that was analysed.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="LessonException">It was not analysed, or it is several matrices.</exception>
    public static LayerReading Of(string model, LayerAnalysis layer) => layer.Spectrum switch
    {
        null => throw new LessonException($"{model}: {layer.Layer.Name}: {layer.Reason ?? "not analysed"}"),
        { } product when layer.Layer.Product is not null => OfProduct(model, layer.Layer.Name, layer.Layer.Rows, layer.Layer.Columns, product.Eigenvalues, name => layer[name]),
        { IsWhole: false } => throw new LessonException($"{model}: {layer.Layer.Name} is analysed as several matrices or in part; a lesson wants one whole matrix"),
        { } spectrum => OfMatrix(model, layer.Layer.Name, layer.Layer.Description.Kind, layer.Layer.Rows, layer.Layer.Columns, spectrum.Eigenvalues, name => layer[name]),
    };

    /// <summary>One whole matrix; singular values that the analysis could not tell from 0 are 0 here, so that no lesson reads rounding errors.</summary>
    /// <param name="model">The model's path.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="kind">One of <see cref="LayerKind"/>.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="ascending">lambda, as the analysis found them.</param>
    /// <param name="metric">The value of a metric.</param>
    internal static LayerReading OfMatrix(string model, string name, string? kind, int rows, int columns, IReadOnlyList<double> ascending, Func<string, double?> metric)
    {
        var zeros = (int)(metric(AtFloor) ?? 0);
        return new(model, name, rows, columns, [.. ascending.Select((lambda, i) => i < zeros ? 0 : lambda)], metric) { IsConvolution = kind is LayerKind.Conv1d or LayerKind.Conv2d or LayerKind.Conv3d };
    }

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
