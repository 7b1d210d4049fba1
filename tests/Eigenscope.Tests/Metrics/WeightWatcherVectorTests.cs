using Eigenscope.Analysis;
using Eigenscope.Metrics;
using Eigenscope.Models;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Statistics;
using Xunit;

namespace Eigenscope.Tests.Metrics;

/// <summary>The columns that WeightWatcher 0.7.5.5 made of the singular vectors of the same matrices.</summary>
public sealed class WeightWatcherVectorTests
{
    /// <summary>
    /// Its vectors come from a solver for matrices without symmetry, and its eigenvalues from another one than its xmin: the vector at xmin is counted on either side by the luck of rounding.
    /// </summary>
    private const double Tolerance = 1e-6;

    private static readonly string[] Columns = [.. from moment in new[] { "mean", "var" } from measure in new[] { "vec_entropy", "loc_ratio", "part_ratio" } select $"{moment}_{measure}"];

    /// <summary>Its small eigenvalues are rounding in W^T W, and so are their vectors.</summary>
    private const string QuasiNull = "quasinull5pct_500x400";

    /// <summary>Those with equal eigenvalues, whose vectors are arbitrary, and those without a fit are left out.</summary>
    public static TheoryData<string> Names => [.. WeightWatcherTable.Matrices.Where(name => !name.StartsWith("edge_", StringComparison.Ordinal) && name != QuasiNull)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_repeated(string name)
    {
        var row = WeightWatcherTable.Row("PL_vectors.csv", name);
        using var model = Model.Open(SharedFiles.Path("reference", "weightwatcher", "matrices", name + ".npy"));
        var options = Layers.Options with { Compatibility = Compatibility.WeightWatcher, Vectors = true };
        var layer = Assert.Single(ModelAnalysis.Of(model, options, cancellation: TestContext.Current.CancellationToken).Layers);
        var differences =
            from column in Columns
            from place in new[] { "bulk", "tail" }
            let expected = WeightWatcherTable.Number(row, $"{place}_{column}")
            let actual = layer[$"{place}_{column}"]
            where !(Math.Abs(actual!.Value - expected) <= Tolerance * Math.Abs(expected) || Math.Abs(Otherwise(layer, place, column) - expected) <= Tolerance * Math.Abs(expected))
            select $"{place}_{column} is {actual}, WeightWatcher's {expected}";
        Assert.Empty(differences);
    }

    /// <summary>The column with the vector at xmin in the bulk.</summary>
    private static double Otherwise(LayerAnalysis layer, string place, string column)
    {
        var xmin = layer["xmin"]!.Value;
        var moved = new LayerSpectrum(layer.Spectrum!.Slices, layer.Spectrum.N, layer.Spectrum.M, layer.Spectrum.Epsilon, 1e-5)
        {
            Vectors = [.. layer.Spectrum.Vectors.Select(vector => vector with { Lambda = vector.Lambda == xmin ? 0 : vector.Lambda })],
        };
        return MetricTable.All.Single(metric => metric.Name == $"{place}_{column}").Of(moved)!.Value;
    }
}
