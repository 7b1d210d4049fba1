using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>--compat weightwatcher against the table that WeightWatcher 0.7.5.5 made of the same matrices.</summary>
public sealed class WeightWatcherReferenceTests
{
    [Theory]
    [InlineData("PL_default_mp_detx.csv", "")]
    [InlineData("PL_conv_pool_false.csv", "--no-pool --layers conv*")]
    [InlineData("PL_clip_xmax.csv", "--clip-xmax")]
    [InlineData("PL_xmax_minus1.csv", "--xmax drop=1")]
    [InlineData("PL_pkg_powerlaw_xmax_force.csv", "--xmax max")]
    [InlineData("PL_xmin_peak_pkg_powerlaw.csv", "--xmin peak")]
    public void RepeatsEveryColumnThatBothHave(string table, string options)
    {
        var reference = CsvTable.Parse(File.ReadAllText(Repository.Shared("reference", "weightwatcher", "csv", table)));
        string[] command = ["analyze", Repository.Shared("reference", "weightwatcher", "matrices"), "--compat", "weightwatcher", "--format", "csv", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var own = CsvTable.Parse(Tool.Run(command).Output);
        var rows = own.Rows.Where(row => row["status"] == "analyzed").ToDictionary(row => row["name"]);
        var columns = reference.Columns.Intersect(own.Columns).Where(WeightWatcherColumn.IsMeasured).ToList();

        var differences =
            from expected in reference.Rows
            let actual = rows[expected["matrix"] + (reference.Columns.Contains("slice_id") ? ":" + expected["slice_id"] : "")]
            from column in columns
            where !WeightWatcherColumn.Agrees(column, expected, actual)
            select $"{expected["matrix"]}: {column} is {actual[column]}, WeightWatcher's {expected[column]}";

        Assert.Empty(differences);
        Assert.Equal(reference.Rows.Count, rows.Count);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("D")]
    [InlineData("xmin")]
    [InlineData("stable_rank")]
    [InlineData("entropy")]
    [InlineData("matrix_rank")]
    [InlineData("log_alpha_norm")]
    [InlineData("warning")]
    public void SharesTheColumn(string column)
    {
        var reference = CsvTable.Parse(File.ReadAllText(Repository.Shared("reference", "weightwatcher", "csv", "PL_default_mp_detx.csv")));
        var own = CsvTable.Parse(Tool.Run("analyze", Repository.TinyGpt, "--compat", "weightwatcher", "--layers", "*wpe*", "--format", "csv").Output);

        Assert.Contains(column, reference.Columns);
        Assert.Contains(column, own.Columns);
    }
}
