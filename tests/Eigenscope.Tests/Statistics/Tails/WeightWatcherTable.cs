using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

/// <summary>What WeightWatcher 0.7.5.5 found with some options, and the spectra in which it did.</summary>
internal static class WeightWatcherTable
{
    /// <summary>Smaller eigenvalues it leaves out.</summary>
    private const double Threshold = 1e-5;

    /// <summary>All its eigenvalues are 1 up to rounding, so alpha, 4e7, is the rounding of logarithms.</summary>
    public const string Orthogonal = "edge_ortho_100x100";

    public static string[] Matrices { get; } =
    [
        "conv_16x48x2x2", "conv_64x32x3x3", Orthogonal, "edge_rank1_60x40", "edge_tiny_scale_120x80", "edge_zero_cols_150x100", "gauss_1000x500",
        "gauss_300x200", "lowrank20_noise_600x300", "pareto_mu1p5_500x400", "pareto_mu1p5_800x300", "pareto_mu3_500x400", "pareto_mu3_800x300",
        "pareto_mu5_500x400", "pareto_mu5_800x300", "plesd_a2p5_600x500", "plesd_a4_600x500", "quasinull5pct_500x400", "spiked_600x400",
        "square_512", "wide_200x1000",
    ];

    /// <summary>A table by matrix and column.</summary>
    public static Dictionary<string, Dictionary<string, string>> Read(string name)
    {
        var lines = File.ReadAllLines(SharedFiles.Path("reference", "weightwatcher", "csv", name));
        var columns = lines[0].Split(',');
        return lines[1..].Select(line => line.Split(',')).ToDictionary(
            fields => fields[0],
            fields => columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>The eigenvalues that it fits, ascending.</summary>
    public static double[] Eigenvalues(string name)
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "weightwatcher", "evals", name + ".evals.npy"));
        return [.. StoredValues.Of(Assert.Single(new NpyFormat().Read(file))).Where(lambda => lambda > Threshold)];
    }

    public static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
