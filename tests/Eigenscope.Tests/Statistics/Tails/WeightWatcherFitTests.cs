using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

/// <summary>The spectra that WeightWatcher 0.7.5.5 fitted, and what it found.</summary>
public sealed class WeightWatcherFitTests
{
    /// <summary>Both sum a few hundred logarithms in float64, in different order.</summary>
    private const double Relative = 1e-8;
    private const string Default = "PL_default_mp_detx.csv";

    public static TheoryData<string> Names => [.. WeightWatcherTable.Matrices];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures(string name) => RequireSame(Default, name, new PowerLawOptions());

    /// <summary>Its <c>xmax='force'</c>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_with_a_cutoff(string name) => RequireSame("PL_pkg_powerlaw_xmax_force.csv", name, new PowerLawOptions { Cutoff = UpperCutoff.Largest });

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_the_figures_of_the_package_powerlaw(string name) => RequireSame("PL_pkg_powerlaw.csv", name, new PowerLawOptions());

    /// <summary>Its <c>xmax=-1</c>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_without_the_largest_value(string name) => RequireSame("PL_xmax_minus1.csv", name, new PowerLawOptions { DropTop = 1 });

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_near_the_peak(string name) => RequireSame("PL_xmin_peak_pkg_powerlaw.csv", name, new PowerLawOptions { Xmin = XminChoice.Peak });

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_without_fingers(string name) => RequireClipped("PL_clip_xmax.csv", name, UpperCutoff.None, 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_without_shorter_fingers(string name) => RequireClipped("PL_clip_xmax_thresh0p2.csv", name, UpperCutoff.None, 0.2);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_its_figures_without_fingers_and_with_a_cutoff(string name) => RequireClipped("PL_clip_xmax_pkg_powerlaw_force.csv", name, UpperCutoff.Largest, 1);

    [Fact]
    public void The_table_has_no_other_matrix() =>
        Assert.Equal(WeightWatcherTable.Matrices.Order(StringComparer.Ordinal), WeightWatcherTable.Read(Default).Keys.Order(StringComparer.Ordinal));

    private static void RequireSame(string table, string name, PowerLawOptions options)
    {
        var row = WeightWatcherTable.Read(table)[name];
        var x = WeightWatcherTable.Eigenvalues(name);
        var (fit, reason) = PowerLawFit.Of(x, options);
        if (Failed(row))
        {
            Assert.NotNull(reason);
            return;
        }

        Assert.NotNull(fit);
        RequireSame(row, name, fit, x[..^options.DropTop]);
    }

    private static void RequireClipped(string table, string name, UpperCutoff cutoff, double threshold)
    {
        var row = WeightWatcherTable.Read(table)[name];
        var x = WeightWatcherTable.Eigenvalues(name);
        var (fit, reason) = ClippedPowerLawFit.Of(x, new PowerLawOptions { Cutoff = cutoff }, threshold);
        if (Failed(row))
        {
            Assert.NotNull(reason);
            return;
        }

        Assert.NotNull(fit);
        Assert.Equal(WeightWatcherTable.Number(row, "num_fingers"), fit.NumFingers);
        if (name != WeightWatcherTable.Orthogonal)
        {
            Near(row, "raw_alpha", fit.RawAlpha);
        }

        RequireSame(row, name, fit.Fit, x);
    }

    private static bool Failed(Dictionary<string, string> row)
    {
        Assert.True(row["status"] != "failed" || row["alpha"] == "-1.0");
        return row["status"] == "failed";
    }

    /// <summary>Its number of spikes counts what was left out too.</summary>
    private static void RequireSame(Dictionary<string, string> row, string name, PowerLawFit fit, double[] x)
    {
        if (row["xmax"].Length > 0)
        {
            Near(row, "xmax", fit.Xmax);
        }

        if (name != WeightWatcherTable.Orthogonal)
        {
            Near(row, "alpha", fit.Alpha);
            Near(row, "sigma", fit.Sigma);
            Near(row, "D", fit.D);
            Near(row, "xmin", fit.Xmin);
            Assert.Equal(WeightWatcherTable.Number(row, "num_pl_spikes"), x.Count(lambda => lambda >= fit.Xmin));
        }
    }

    private static void Near(Dictionary<string, string> row, string column, double value)
    {
        var expected = WeightWatcherTable.Number(row, column);
        Assert.Equal(expected, value, Relative * Math.Abs(expected));
    }
}
