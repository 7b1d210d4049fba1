using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>The tables that WeightWatcher 0.7.5.5 made of 21 matrices, and the spectra that it made them from.</summary>
internal static class WeightWatcherTable
{
    /// <summary>The matrices.</summary>
    public static readonly string[] Matrices =
    [
        "conv_16x48x2x2", "conv_64x32x3x3", "edge_ortho_100x100", "edge_rank1_60x40", "edge_tiny_scale_120x80", "edge_zero_cols_150x100", "gauss_1000x500",
        "gauss_300x200", "lowrank20_noise_600x300", "pareto_mu1p5_500x400", "pareto_mu1p5_800x300", "pareto_mu3_500x400", "pareto_mu3_800x300",
        "pareto_mu5_500x400", "pareto_mu5_800x300", "plesd_a2p5_600x500", "plesd_a4_600x500", "quasinull5pct_500x400", "spiked_600x400",
        "square_512", "wide_200x1000",
    ];

    /// <summary>A row of a table.</summary>
    public static Dictionary<string, string> Row(string table, string matrix) => Rows(table).Single(row => row["matrix"] == matrix);

    /// <summary>All rows of a table.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(string table)
    {
        var lines = File.ReadAllLines(SharedFiles.Path("reference", "weightwatcher", "csv", table));
        var columns = lines[0].Split(',');
        return lines[1..].Select(line => columns.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }

    /// <summary>A field as a number; NaN where it is empty.</summary>
    public static double Number(IReadOnlyDictionary<string, string> row, string column) =>
        row[column].Length == 0 ? double.NaN : double.Parse(row[column], CultureInfo.InvariantCulture);

    /// <summary>A spectrum: <c>evals</c>, <c>rand_evals</c>, <c>rand_evals2</c>.</summary>
    public static double[] Eigenvalues(string matrix, string kind = "evals")
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "weightwatcher", "evals", $"{matrix}.{kind}.npy"));
        return StoredValues.Of(Assert.Single(new NpyFormat().Read(file)));
    }
}
