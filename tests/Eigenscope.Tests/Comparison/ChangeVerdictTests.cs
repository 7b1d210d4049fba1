using Eigenscope.Comparison;
using Xunit;

namespace Eigenscope.Tests.Comparison;

/// <summary>docs/compare.md has the whole table.</summary>
public sealed class ChangeVerdictTests
{
    private static readonly Lazy<ChangeCalibration> Table = new(() => ChangeCalibration.Of([(64, 64), (192, 64)], 1, 7));

    [Fact]
    public void Verdicts_on_changes_of_known_make_are_right() => Assert.InRange(Table.Value.Accuracy, 0.95, 1);

    [Theory]
    [InlineData(ChangeKind.Identical, 1)]
    [InlineData(ChangeKind.Rescaled, 0.95)]
    [InlineData(ChangeKind.Quantised, 0.85)]
    [InlineData(ChangeKind.Pruned, 0.95)]
    [InlineData(ChangeKind.AdapterLike, 0.8)]
    [InlineData(ChangeKind.LightFineTune, 0.85)]
    [InlineData(ChangeKind.ContinuedTraining, 0.9)]
    [InlineData(ChangeKind.Unrelated, 0.9)]
    public void Each_kind_is_told(ChangeKind kind, double least)
    {
        var rows = Table.Value.Rows.Where(row => row.Truth == kind).ToList();
        var right = rows.Sum(row => row.Counts[(int)kind]) / (double)rows.Sum(row => row.Counts.Sum());
        Assert.True(right >= least, $"{right:P1} right; {string.Join("; ", rows.Select(row => $"{row.Name}: {string.Join(' ', row.Counts)}"))}");
    }

    [Fact]
    public void Every_kind_has_a_text_of_its_own() => Assert.Equal(Enum.GetValues<ChangeKind>().Length, Enum.GetValues<ChangeKind>().Select(kind => kind.Text()).Distinct().Count());
}
