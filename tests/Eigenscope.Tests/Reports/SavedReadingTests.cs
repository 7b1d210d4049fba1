using System.Text;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Xunit;

namespace Eigenscope.Tests.Reports;

public sealed class SavedReadingTests
{
    private const string Row = """{"name": "a", "role": "other", "kind": "dense", "rows": 3, "cols": 2, "status": "analyzed", "reason": null, "metrics": {"alpha": 2.5, "xmin": null}, "warnings": [], "eigenvalues": [1, 4]}""";

    [Fact]
    public void A_row_is_read_as_it_was_saved()
    {
        var (reading, reason) = SavedReading.Of(Result(Row), 0);

        Assert.Null(reason);
        Assert.Equal(("model", "a", 3, 2), (reading!.Model, reading.Name, reading.Rows, reading.Columns));
        Assert.Equal([1, 4], reading.Eigenvalues);
        Assert.Equal((2.5, null, null), (reading.Metric("alpha"), reading.Metric("xmin"), reading.Metric("nothing")));
    }

    /// <summary>An adapter's product of rank 1, with one singular value of two.</summary>
    [Fact]
    public void What_the_factors_of_an_adapter_leave_is_zero()
    {
        var (reading, reason) = SavedReading.Of(Result(Row.Replace("dense", "low_rank").Replace("[1, 4]", "[4]").Replace("\"alpha\"", "\"condition_number\": 1, \"alpha\"")), 0);

        Assert.Null(reason);
        Assert.Equal([0, 4], reading!.Eigenvalues);
        Assert.Equal((1, 2.5, null), (reading.ProductRank, reading.Metric("alpha"), reading.Metric("condition_number")));
    }

    [Theory]
    [InlineData(", \"eigenvalues\": [1, 4]", "", "saved without eigenvalues")]
    [InlineData("[1, 4]", "[1, 4, 9]", "several matrices")]
    [InlineData("\"rows\": 3", "\"rows\": null", "several matrices")]
    [InlineData("\"eigenvalues\"", "\"spectrum\": {\"approximation\": {}}, \"eigenvalues\"", "in part")]
    [InlineData("\"analyzed\", \"reason\": null", "\"failed\", \"reason\": \"it holds NaN\"", "model: a: it holds NaN")]
    [InlineData("\"analyzed\"", "\"pending\"", "not analysed")]
    public void What_cannot_be_read_has_a_reason(string old, string changed, string says)
    {
        var (reading, reason) = SavedReading.Of(Result(Row.Replace(old, changed)), 0);

        Assert.Null(reading);
        Assert.Contains(says, reason);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_row_that_is_not_there_has_a_reason(int row) => Assert.Equal((null, $"model: there is no row {row}"), SavedReading.Of(Result(Row), row));

    private static ResultDocument Result(string row) =>
        ResultDocument.Parse(Encoding.UTF8.GetBytes($$"""{"schema": "eigenscope/analysis/1", "model": {"path": "model"}, "settings": {}, "summary": {}, "layers": [{{row}}]}"""), "test")[0];
}
