using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>compare</c> as its users see it.</summary>
public sealed class CompareTests
{
    private static readonly string[] Pair = ["compare", Repository.TinyGpt, Repository.UntrainedTinyGpt];

    [Fact]
    public void The_document_has_what_is_promised()
    {
        var result = Tool.Run([.. Pair, "--layers", "*h.0*", "--format", "json"]);
        var root = JsonElement.Parse(result.Output);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("eigenscope/comparison/1", root.GetProperty("schema").GetString());
        Assert.Equal([Repository.TinyGpt, Repository.UntrainedTinyGpt], root.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("path").GetString()));
        Assert.Equal(1, root.GetProperty("reference").GetInt32());
        Assert.Equal(7, root.GetProperty("layers").GetArrayLength());
        Assert.All(root.GetProperty("layers").EnumerateArray(), layer =>
        {
            Assert.Equal("name", layer.GetProperty("matched_by").GetString());
            Assert.Equal(2, layer.GetProperty("models").GetArrayLength());
            Assert.InRange(layer.GetProperty("change").GetProperty("relative_norm").GetDouble(), 0.1, 3);
            Assert.InRange(layer.GetProperty("change").GetProperty("alpha").GetDouble(), 1, 10);
            Assert.InRange(layer.GetProperty("subspaces").GetProperty("left").GetProperty("overlap").GetDouble(), 0, 1);
            Assert.InRange(layer.GetProperty("distances").GetProperty("scale_free").GetProperty("kolmogorov_smirnov").GetDouble(), 0, 1);
            Assert.Equal("continued training", layer.GetProperty("verdict").GetString());
            Assert.Contains("cosine", layer.GetProperty("reason").GetString());
        });
        Assert.Equal("continued training", root.GetProperty("summary").GetProperty("verdict").GetString());
        Assert.Equal(0, root.GetProperty("unmatched").GetArrayLength());
        Assert.Equal([57, 57], root.GetProperty("summary").GetProperty("layers_skipped").EnumerateArray().Select(count => count.GetInt32()));
        Assert.NotEqual(0, root.GetProperty("groups").GetArrayLength());
    }

    /// <summary>Each model's numbers are those of its own analysis.</summary>
    [Fact]
    public void The_models_are_analysed_as_analyze_does()
    {
        var compared = JsonElement.Parse(Tool.Run([.. Pair, "--layers", "*h.1.mlp*", "--format", "json"]).Output).GetProperty("layers").EnumerateArray().ToList();
        var alone = JsonElement.Parse(Tool.Run("analyze", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--layers", "*h.1.mlp*", "--format", "json").Output);
        foreach (var (model, position) in alone.EnumerateArray().Select((model, position) => (model, position)))
        {
            var rows = model.GetProperty("layers").EnumerateArray().Where(row => row.GetProperty("status").ValueEquals("analyzed")).ToList();
            Assert.Equal(compared.Count, rows.Count);
            Assert.All(compared.Zip(rows), pair => Assert.True(JsonElement.DeepEquals(pair.Second.GetProperty("metrics"), pair.First.GetProperty("models")[position].GetProperty("metrics"))));
        }
    }

    [Fact]
    public void The_table_of_CSV_has_a_row_for_each_layer_and_compared_model()
    {
        var table = CsvTable.Parse(Tool.Run(["compare", Repository.TinyGpt, Repository.TinyGpt, Repository.UntrainedTinyGpt, "--role", "embedding", "--format", "csv"]).Output);

        Assert.Equal(2, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.Equal((Repository.UntrainedTinyGpt, "transformer.wte.weight", "name"), (row["reference"], row["name"], row["matched_by"])));
    }

    [Fact]
    public void The_base_may_stand_anywhere()
    {
        var root = JsonElement.Parse(Tool.Run("compare", Repository.TinyGpt, "--base", Repository.UntrainedTinyGpt, "--role", "embedding", "--format", "json").Output);
        Assert.Equal((1, Repository.UntrainedTinyGpt), (root.GetProperty("reference").GetInt32(), root.GetProperty("models")[1].GetProperty("path").GetString()));
    }

    [Fact]
    public void A_narrow_terminal_has_no_longer_lines()
    {
        var lines = Tool.Run([.. Pair, "--layers", "*h.0*"], [("COLUMNS", "60")]).Output.Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        Assert.Contains(lines, line => line.StartsWith("A beside B: continued training", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compare needs two models or more", "compare", "A")]
    [InlineData("compare takes a convolution as one matrix", "compare", "A", "B", "--conv", "fft")]
    [InlineData("--match 'nearest' is none of auto, name, depth", "compare", "A", "B", "--match", "nearest")]
    [InlineData("--top '0' is not a number from 1 to 1024", "compare", "A", "B", "--top", "0")]
    [InlineData("none of their 60 layers is chosen", "compare", "A", "B", "--layers", "nothing")]
    [InlineData("/nowhere", "compare", "A", "/nowhere")]
    public void Slips_are_told_in_one_line(string expected, params string[] arguments)
    {
        var result = Tool.Run([.. arguments.Select(argument => argument switch { "A" => Repository.TinyGpt, "B" => Repository.UntrainedTinyGpt, _ => argument })]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
    }
}
