using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Statistics.Tails;

/// <summary>The truncated power laws that WeightWatcher found, often not the likeliest ones.</summary>
public sealed class TruncatedPowerLawTests
{
    /// <summary>A fit of WeightWatcher's that is none: alpha is 54,273 and D not a number.</summary>
    private const string NoFit = "conv_64x32x3x3";

    public static TheoryData<string, string> Fits => [.. new[] { "TPL.csv", "E_TPL.csv" }.SelectMany(table => WeightWatcherTable.Matrices.Select(name => (table, name)))];

    [Theory]
    [MemberData(nameof(Fits))]
    public void Is_at_least_as_likely_as_WeightWatchers(string table, string name)
    {
        var row = WeightWatcherTable.Read(table)[name];
        if (row["status"] == "failed" || (table == "TPL.csv" && name == NoFit))
        {
            return;
        }

        var x = WeightWatcherTable.Eigenvalues(name);
        var theirs = new TruncatedPowerLawTail(WeightWatcherTable.Number(row, "xmin"), WeightWatcherTable.Number(row, "alpha"), WeightWatcherTable.Number(row, "Lambda"));
        double[] tail = [.. x.Where(lambda => lambda >= theirs.Xmin)];
        var (comparison, _) = TailComparison.Of(x, theirs.Xmin);
        Assert.NotNull(comparison);
        var test = comparison[TailLaw.TruncatedPowerLaw];
        Assert.True(test.LogLikelihood >= theirs.LogLikelihood(tail) - 1e-6, $"{test} {theirs.LogLikelihood(tail)}");
        if (name != WeightWatcherTable.Orthogonal)
        {
            Assert.Equal(WeightWatcherTable.Number(row, "D"), theirs.Distance(tail), 1e-9);
        }
    }

    [Theory]
    [InlineData(2.5, 0)]
    [InlineData(2.5, 0.1)]
    [InlineData(1, 1)]
    [InlineData(-3, 2)]
    public void Density_is_the_slope_of_the_share(double alpha, double lambda)
    {
        var law = new TruncatedPowerLawTail(1.5, alpha, lambda);
        foreach (var x in new[] { 1.6, 2, 5, 9 })
        {
            // Central differences of step h err by h^2 / 6 of the third derivative and by rounding over h.
            const double Step = 1e-5;
            Assert.Equal(Math.Exp(law.LogDensity(x)), (law.Survival(x - Step) - law.Survival(x + Step)) / (2 * Step), 1e-8);
        }
    }
}
