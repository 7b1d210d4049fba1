using System.Text.RegularExpressions;
using Eigenscope.Metrics;
using Xunit;

namespace Eigenscope.Tests.Metrics;

public sealed partial class MetricTableTests
{
    private static readonly string[] WeightWatcherNames = ["N", "M", "Q", "D", "W_scale", "rand_W_scale", "detX_num", "detX_val", "detX_val_unrescaled"];

    public static TheoryData<string> Names => [.. MetricTable.All.Select(metric => metric.Name).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_documented_in_full(string name) => Assert.All(MetricTable.All.Where(metric => metric.Name == name), metric =>
    {
        foreach (var text in new[] { metric.Title, metric.Formula, metric.Range, metric.Source, metric.Pitfall })
        {
            Assert.False(string.IsNullOrWhiteSpace(text));
            Assert.Equal(text.Trim(), text);
            Assert.DoesNotContain(text, char.IsControl);
        }

        Assert.EndsWith(".", metric.Pitfall, StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_snake_case_name_or_one_of_WeightWatcher(string name) =>
        Assert.True(SnakeCase().IsMatch(name) || WeightWatcherNames.Contains(name, StringComparer.Ordinal), name);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_are_unique_in_every_result(bool weightWatcher)
    {
        var names = MetricTable.For(weightWatcher, Enum.GetValues<MetricScope>().Where(scope => scope is not (MetricScope.Default or MetricScope.WeightWatcher))).Select(metric => metric.Name).ToList();
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public void The_page_of_metrics_has_all_of_them()
    {
        var page = Eigenscope.Reports.MetricCatalogue.Markdown();
        Assert.Equal(20, page.Split("\n- Elsewhere: ").Length - 1);
        Assert.All(MetricTable.All, metric => Assert.Contains($"\n### {metric.Name}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_metric_is_in_the_results_of_its_scope()
    {
        foreach (var metric in MetricTable.All)
        {
            var always = metric.Scope == MetricScope.Always;
            Assert.Equal(always || metric.Scope == MetricScope.Default, MetricTable.For(false).Contains(metric));
            Assert.Equal(always || metric.Scope == MetricScope.WeightWatcher, MetricTable.For(true).Contains(metric));
            Assert.Equal(always || metric.Scope is MetricScope.Default or MetricScope.Randomized, MetricTable.For(false, MetricScope.Randomized).Contains(metric));
            Assert.Equal(always || metric.Scope is MetricScope.WeightWatcher or MetricScope.Randomized or MetricScope.WeightWatcherRandomized, MetricTable.For(true, MetricScope.Randomized).Contains(metric));
            Assert.Equal(always || metric.Scope is MetricScope.Default or MetricScope.Bootstrap or MetricScope.Farms, MetricTable.For(false, MetricScope.Bootstrap, MetricScope.Farms).Contains(metric));
        }
    }

    [Fact]
    public void WeightWatchers_own_definitions_are_only_in_its_results() =>
        Assert.Equal(
            ["W_scale", "bulk_max", "bulk_min", "detX_val_unrescaled", "entropy", "matrix_rank", "mp_softrank", "num_spikes", "rank_loss", "sigma_mp", "sv_min"],
            MetricTable.All.Where(metric => metric.Scope == MetricScope.WeightWatcher).Select(metric => metric.Name).Order(StringComparer.Ordinal));

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();
}
