using System.Text;
using System.Text.Json.Nodes;
using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed class ComparisonDocumentTests(ComparisonDocumentTests.Good good) : IClassFixture<ComparisonDocumentTests.Good>
{
    [Fact]
    public void A_comparison_tells_its_models_their_rows_and_its_pairs()
    {
        var comparison = Parse(good.Text).Comparison!;

        Assert.Equal("memory beside memory beside memory", comparison.Title);
        Assert.Equal([4, 3, 4], comparison.Results.Select(result => result.Layers.Count));
        Assert.Equal((11, 0), (comparison.Analyzed, comparison.WithoutSpectrum));
        Assert.Equal([(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2), (0, 3)], comparison.Pairs.Select(pair => (pair.Model, pair.Layer)));
        Assert.All(comparison.Pairs, pair => Assert.True(pair is { Change.Eigenvalues.Length: 16, Left: not null, Right: not null }));
    }

    [Fact]
    public void The_page_of_a_comparison_is_that_of_its_document()
    {
        Assert.SkipUnless(PageBundle.IsAvailable, "the build has no page, for want of Node.js");

        Assert.Equal(HtmlReport.Of(Parse(good.Text).Comparison!), HtmlReport.Of(ComparisonDocument.Of(good.Comparison)));
    }

    [Fact]
    public void Without_eigenvalues_there_is_less_to_draw()
    {
        var comparison = Parse(Encoding.UTF8.GetString(ComparisonJson.Of(good.Comparison with { Options = new() }))).Comparison!;

        Assert.Equal((11, 11), (comparison.Analyzed, comparison.WithoutSpectrum));
        Assert.All(comparison.Pairs, pair => Assert.False(pair.IsDrawn));
    }

    [Theory]
    [InlineData("models", "[]", "test: models: two or more are wanted")]
    [InlineData("reference", "3", "test: 'reference' is 3; a number from 0 to 2 is wanted")]
    [InlineData("reference", "0.5", "test: 'reference' is 0.5; a number from 0 to 2 is wanted")]
    [InlineData("layers", "{}", "test: 'layers' is no array")]
    [InlineData("layers/0/models", "[null]", "test: layers[0]: models: 1 of 3")]
    [InlineData("layers/0/models/2", "null", "test: layers[0]: models[2], the reference, is missing")]
    [InlineData("layers/0/models/0", "null", "test: layers[0]: 'model' is 0, which has no such layer to compare")]
    [InlineData("layers/0/models/0/metrics/alpha", "\"high\"", "test: layers[0]: models[0]: metrics: 'alpha' is no number")]
    [InlineData("layers/0/models/0/eigenvalues/3", "-1", "test: layers[0]: models[0]: eigenvalues[3] is -1; numbers from 0 in ascending order are wanted")]
    [InlineData("layers/1/others/0/model", "2", "test: layers[1]: others[0]: 'model' is 2, which has no such layer to compare")]
    [InlineData("layers/1/change/cosine", "[1]", "test: layers[1]: change: 'cosine' is no number")]
    [InlineData("layers/1/change/bulk_sigma", "true", "test: layers[1]: change: 'bulk_sigma' is no number")]
    [InlineData("layers/1/subspaces/left/cosines/2", "[0, 1]", "test: layers[1]: subspaces: left: cosines[2] is no list of 4 numbers from 0 to 1")]
    [InlineData("layers/1/subspaces/right/cosines/0/0", "1.5", "test: layers[1]: subspaces: right: cosines[0] is no list of 4 numbers from 0 to 1")]
    [InlineData("layers/1/subspaces/left/angles/0", "null", "test: layers[1]: subspaces: left: angles[0] is no number")]
    [InlineData("layers/1/distances/scale_free", "1", "test: layers[1]: distances: 'scale_free' is no object")]
    [InlineData("unmatched/0/model", "7", "test: unmatched[0]: 'model' is 7; a number from 0 to 2 is wanted")]
    [InlineData("groups/0/metrics/alpha/models", "[]", "test: groups[0]: metrics: alpha: not one of 'models' and 'moved' for each of 3 models")]
    [InlineData("depth/0/points/0/median", "null", "test: depth[0]: points[0]: 'median' is no number")]
    [InlineData("summary/metrics/alpha/mean", "\"\"", "test: summary: metrics: alpha: 'mean' is no number")]
    [InlineData("summary/model", "2", "test: summary: 'model' is 2, the reference")]
    [InlineData("summary/others/0/by_depth", "1", "test: summary: others[0]: 'by_depth' is neither true nor false")]
    [InlineData("summary/merge/advice", "null", "test: summary: merge: 'advice' is no string")]
    public void What_is_wrong_is_told_in_one_line(string place, string value, string says)
    {
        var root = JsonNode.Parse(good.Text)!;
        DocumentPlaces.Set(root, place.Split('/'), JsonNode.Parse(value));

        Assert.Equal(says, Assert.Throws<ResultFormatException>(() => Parse(root.ToJsonString())).Message);
    }

    /// <summary>Whatever stands in whatever place, a document is read or refused in a line.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("\"</script>\"")]
    [InlineData("{\"a\": 1}")]
    public void Nothing_else_is_thrown(string value)
    {
        var root = JsonNode.Parse(good.Text)!;
        var places = DocumentPlaces.Of(root).Where(place => !place.Any(step => int.TryParse(step, out var index) && index > 0)).ToList();
        Assert.InRange(places.Count, 200, 1000);
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

    /// <summary>A small comparison of three models, of which one has no counterpart of a layer.</summary>
    public sealed class Good
    {
        public Good()
        {
            string[] names = ["layers.0.mlp.fc1.weight", "layers.1.mlp.fc1.weight", "layers.0.attn.out_proj.weight", "layers.1.attn.out_proj.weight"];
            Model[] models =
            [
                MemoryTensor.Model(null, [.. names.Select((name, i) => Of(name, i, 1))]),
                MemoryTensor.Model(null, [.. names.Take(3).Select((name, i) => Of(name, i, 2))]),
                MemoryTensor.Model(null, [.. names.Select((name, i) => Of(name, i, 0)), Of("layers.2.mlp.fc1.weight", 9, 0)]),
            ];
            Comparison = ModelComparison.Of(models, new() { Top = 4, Analysis = Layers.Options with { KeepEigenvalues = true } });
            Text = Encoding.UTF8.GetString(ComparisonJson.Of(Comparison));
        }

        public ModelComparison Comparison { get; }

        public string Text { get; }

        /// <summary>Weights of a seed, and a change of another.</summary>
        private static Tensor Of(string name, int seed, int change)
        {
            var (weights, moved) = (new Random(seed), new Random((100 * change) + seed));
            return MemoryTensor.F64(name, [24, 16], [.. Enumerable.Range(0, 24 * 16).Select(_ => weights.NextDouble() - 0.5 + (change == 0 ? 0 : 0.3 * (moved.NextDouble() - 0.5)))]);
        }
    }
}
