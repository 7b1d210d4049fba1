using System.Text;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed class ResultDocumentTests
{
    private const string Row = """{"name": "a", "role": "other", "kind": "dense", "status": "analyzed", "metrics": {"alpha": 2.5, "D": null}, "warnings": [], "eigenvalues": [0, 0, 1, 1e300]}""";
    private const string Skipped = """{"name": "b", "role": "other", "kind": "dense", "status": "skipped", "metrics": {}, "warnings": []}""";

    [Fact]
    public void A_result_tells_its_path_and_its_rows()
    {
        var result = Assert.Single(Parse(Document(Row, Skipped)));

        Assert.Equal(("m", 1, 0), (result.ModelPath, result.Analyzed, result.WithoutSpectrum));
        Assert.Equal([0, 0, 1, 1e300], result.Layers[0].Eigenvalues!);
        Assert.Equal((2.5, null, null), (result.Layers[0]["alpha"], result.Layers[0]["D"], result.Layers[0]["norm"]));
    }

    [Fact]
    public void Rows_that_were_analysed_and_have_no_eigenvalues_are_counted() =>
        Assert.Equal((1, 1), Assert.Single(Parse(Document(Row.Replace(", \"eigenvalues\": [0, 0, 1, 1e300]", "", StringComparison.Ordinal), Skipped))) is var result ? (result.Analyzed, result.WithoutSpectrum) : default);

    [Fact]
    public void A_list_holds_several() => Assert.Equal(2, Parse($"[{Document(Row)}, {Document()}]").Count);

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Single(Parse("\uFEFF" + Document(Row)));

    /// <summary>NaN, infinity, trailing commas and comments are no JSON.</summary>
    [Theory]
    [InlineData("{", "test: no JSON: line 1, byte 2;")]
    [InlineData("{\n\n  x", "test: no JSON: line 3, byte 3;")]
    [InlineData("[]", "test: an empty list;")]
    [InlineData("null", "test: JSON without a schema;")]
    [InlineData("""{"schema": "x"}""", "test: the schema is 'x';")]
    [InlineData("""[{"schema": null}]""", "test: document 1: JSON without a schema;")]
    public void Other_text_is_refused(string text, string says) => Assert.StartsWith(says, Assert.Throws<ResultFormatException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[0, NaN]", "no JSON")]
    [InlineData("[-1e-300]", "eigenvalues[0] is -1e-300")]
    [InlineData("[2, 1]", "eigenvalues[1] is 1")]
    [InlineData("[null]", "eigenvalues[0] is null")]
    [InlineData("[[1]]", "eigenvalues[0] is [1]")]
    [InlineData("[1e309]", "eigenvalues[0] is 1e309")]
    [InlineData("3", "'eigenvalues' is no list of numbers")]
    public void Eigenvalues_are_numbers_in_ascending_order(string values, string says) =>
        Assert.Contains(says, Assert.Throws<ResultFormatException>(() => Parse(Document(Row.Replace("[0, 0, 1, 1e300]", values, StringComparison.Ordinal)))).Message, StringComparison.Ordinal);

    private static string Document(params string[] rows) =>
        $$"""{"schema": "eigenscope/analysis/1", "model": {"path": "m"}, "settings": {}, "summary": {}, "layers": [{{string.Join(',', rows)}}]}""";

    private static IReadOnlyList<ResultDocument> Parse(string text) => ResultDocument.Parse(Encoding.UTF8.GetBytes(text), "test");
}
