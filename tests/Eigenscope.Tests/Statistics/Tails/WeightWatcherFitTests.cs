using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Statistics;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Statistics;

/// <summary>The spectra that WeightWatcher 0.7.5.5 fitted, and what it found.</summary>
public sealed class WeightWatcherFitTests
{
    /// <summary>Both sum a few hundred logarithms in float64, in different order.</summary>
    private const double Relative = 1e-8;
    private const double Threshold = 1e-5;
    private const string Default = "PL_default_mp_detx.csv";

    /// <summary>All its eigenvalues are 1 up to rounding, so alpha, 4e7, is the rounding of logarithms.</summary>
    private const string Orthogonal = "edge_ortho_100x100";

    private static readonly string[] Matrices =
    [
        "conv_16x48x2x2", "conv_64x32x3x3", Orthogonal, "edge_rank1_60x40", "edge_tiny_scale_120x80", "edge_zero_cols_150x100", "gauss_1000x500",
        "gauss_300x200", "lowrank20_noise_600x300", "pareto_mu1p5_500x400", "pareto_mu1p5_800x300", "pareto_mu3_500x400", "pareto_mu3_800x300",
        "pareto_mu5_500x400", "pareto_mu5_800x300", "plesd_a2p5_600x500", "plesd_a4_600x500", "quasinull5pct_500x400", "spiked_600x400",
        "square_512", "wide_200x1000",
    ];

    public static TheoryData<string> Names => [.. Matrices];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures(string name) => RequireSame(Default, name, UpperCutoff.None);

    /// <summary>Its <c>xmax='force'</c>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_with_a_cutoff(string name) => RequireSame("PL_pkg_powerlaw_xmax_force.csv", name, UpperCutoff.Largest);

    [Fact]
    public void The_table_has_no_other_matrix() => Assert.Equal(Matrices.Order(StringComparer.Ordinal), Table(Default).Keys.Order(StringComparer.Ordinal));

    private static void RequireSame(string table, string name, UpperCutoff cutoff)
    {
        var row = Table(table)[name];
        var (fit, reason) = PowerLawFit.Of([.. Eigenvalues(name).Where(lambda => lambda > Threshold)], cutoff);
        if (row["status"] == "failed")
        {
            Assert.Equal("-1.0", row["alpha"]);
            Assert.NotNull(reason);
            return;
        }

        Assert.NotNull(fit);
        Near(row, "xmax", fit.Xmax);
        if (name != Orthogonal)
        {
            Near(row, "alpha", fit.Alpha);
            Near(row, "sigma", fit.Sigma);
            Near(row, "D", fit.D);
            Near(row, "xmin", fit.Xmin);
            Assert.Equal(row["num_pl_spikes"], fit.TailCount.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Near(Dictionary<string, string> row, string column, double value)
    {
        var expected = double.Parse(row[column], CultureInfo.InvariantCulture);
        Assert.Equal(expected, value, Relative * Math.Abs(expected));
    }

    private static Dictionary<string, Dictionary<string, string>> Table(string name)
    {
        var lines = File.ReadAllLines(SharedFiles.Path("reference", "weightwatcher", "csv", name));
        var columns = lines[0].Split(',');
        return lines[1..].Select(line => line.Split(',')).ToDictionary(
            fields => fields[0],
            fields => columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static double[] Eigenvalues(string name)
    {
        using var file = FileBytes.Open(SharedFiles.Path("reference", "weightwatcher", "evals", name + ".evals.npy"));
        return StoredValues.Of(Assert.Single(new NpyFormat().Read(file)));
    }
}
