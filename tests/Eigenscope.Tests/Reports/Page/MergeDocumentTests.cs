using System.Text;
using System.Text.Json.Nodes;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed class MergeDocumentTests
{
    private static readonly string Text = Encoding.UTF8.GetString(MergeJson.Of(SmallMerge.Result()));

    [Fact]
    public void A_merge_is_told_from_other_results()
    {
        var saved = Parse(Text);

        Assert.Equal("task_arithmetic of base, my \"code\", v1, chat", saved.Merge!.Title);
        Assert.True(saved.Merge.HasSpectra);
        Assert.Equal("a merge", saved.Alone);
        Assert.Equal((0, null, null), (saved.Results.Count, saved.Comparison, saved.Trajectory));
    }

    [Fact]
    public void A_saved_document_makes_the_page_that_the_merge_makes()
    {
        Assert.SkipUnless(PageBundle.IsAvailable, "the build has no page, for want of Node.js");

        Assert.Equal(HtmlReport.Of(MergeDocument.Of(SmallMerge.Result())), HtmlReport.Of(Parse(Text).Merge!));
    }

    [Fact]
    public void The_page_has_all_of_it_but_the_schema()
    {
        var data = JsonNode.Parse(PageData.Of(Parse(Text).Merge!))!;
        var wanted = JsonNode.Parse(Text)!.AsObject();
        wanted.Remove("schema");

        Assert.Empty(data["results"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(wanted, data["merge"]));
    }

    [Fact]
    public void Without_spectra_it_says_so()
    {
        var saved = Parse(Encoding.UTF8.GetString(MergeJson.Of(SmallMerge.Result() with { Before = null, After = null }))).Merge!;

        Assert.False(saved.HasSpectra);
    }

    [Fact]
    public void Without_a_base_the_models_are_all_compared() => Assert.NotNull(Parse(Encoding.UTF8.GetString(MergeJson.Of(SmallMerge.Result() with { Base = null, Tensors = [] }))).Merge);

    [Theory]
    [InlineData("tool", "[]", "test: 'tool' is no object")]
    [InlineData("tool/version", "1", "test: tool: 'version' is no string")]
    [InlineData("settings/recipe", "null", "test: settings: 'recipe' is no string")]
    [InlineData("settings/seed", "\"7\"", "test: settings: 'seed' is no number")]
    [InlineData("models", "[]", "test: models: one or more are wanted")]
    [InlineData("models/1/parameters", "null", "test: models[1]: 'parameters' is no number")]
    [InlineData("base", "3", "test: 'base' is 3; a number from 0 to 2 is wanted")]
    [InlineData("base", "true", "test: 'base' is no number")]
    [InlineData("tensors", "{}", "test: 'tensors' is no array")]
    [InlineData("tensors/1", "1", "test: tensors[1]: no object")]
    [InlineData("tensors/0/name", "null", "test: tensors[0]: 'name' is no string")]
    [InlineData("tensors/0/role", "7", "test: tensors[0]: 'role' is no string")]
    [InlineData("tensors/0/block", "\"0\"", "test: tensors[0]: 'block' is no number")]
    [InlineData("tensors/0/shape", "[2, \"4\"]", "test: tensors[0]: shape[1] is no number")]
    [InlineData("tensors/0/route", "null", "test: tensors[0]: 'route' is no string")]
    [InlineData("tensors/0/metrics/change_norm", "\"large\"", "test: tensors[0]: metrics: 'change_norm' is no number")]
    [InlineData("tensors/0/inputs/1/model", "3", "test: tensors[0]: inputs[1]: 'model' is 3; a number from 0 to 2 is wanted")]
    [InlineData("tensors/0/inputs/1/metrics/change_norm", "[3]", "test: tensors[0]: inputs[1]: metrics: 'change_norm' is no number")]
    [InlineData("tensors/0/cosines", "[0, 1]", "test: tensors[0]: 2 cosines between 2 models")]
    [InlineData("tensors/1/cosines/0", "\"0\"", "test: tensors[1]: cosines[0] is no number")]
    [InlineData("tensors/2/cosines", "[0.5]", "test: tensors[2]: 1 cosines between 0 models")]
    [InlineData("tensors/0/before/alpha", "\"\"", "test: tensors[0]: before: 'alpha' is no number")]
    [InlineData("tensors/0/after/phase", "3", "test: tensors[0]: after: 'phase' is no string")]
    [InlineData("tensors/0/after", "3", "test: tensors[0]: 'after' is no object")]
    [InlineData("tensors/0/warnings/0", "null", "test: tensors[0]: warnings[0] is no string")]
    [InlineData("summary/routes/copied", "\"1\"", "test: summary: routes: 'copied' is no number")]
    [InlineData("summary/relative_change", "{}", "test: summary: 'relative_change' is no number")]
    [InlineData("summary/alpha_after", "\"3\"", "test: summary: 'alpha_after' is no number")]
    [InlineData("warnings", "null", "test: 'warnings' is no array")]
    public void What_is_wrong_is_told_in_one_line(string place, string value, string says)
    {
        var root = JsonNode.Parse(Text)!;
        DocumentPlaces.Set(root, place.Split('/'), JsonNode.Parse(value));

        Assert.Equal(says, Assert.Throws<ResultFormatException>(() => Parse(root.ToJsonString())).Message);
    }

    /// <summary>Whatever stands in whatever place, a document is read or refused in a line.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("-1e308")]
    [InlineData("\"</script>\"")]
    [InlineData("{\"a\": 1}")]
    public void Nothing_else_is_thrown(string value)
    {
        var root = JsonNode.Parse(Text)!;
        var places = DocumentPlaces.Of(root).ToList();
        Assert.InRange(places.Count, 100, 300);
        foreach (var place in places)
        {
            var before = DocumentPlaces.Set(root, place, JsonNode.Parse(value));
            try
            {
                Parse(root.ToJsonString());
            }
            catch (ResultFormatException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }

            DocumentPlaces.Set(root, place, before);
        }
    }

    private static SavedDocument Parse(string text) => SavedDocument.Parse(Encoding.UTF8.GetBytes(text), "test");
}
