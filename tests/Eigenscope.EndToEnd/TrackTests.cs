using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>track</c> as its users see it.</summary>
public sealed class TrackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Run => folder["run"];

    private string Cache => folder["cache"];

    public TrackTests()
    {
        foreach (var step in (int[])[0, 100, 200])
        {
            Checkpoints.Write(Run, step);
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_document_has_what_is_promised_and_a_second_run_computes_nothing()
    {
        var first = Tool.Run("track", Run, "--cache", Cache, "--format", "json");
        var second = Tool.Run("track", Run, "--cache", Cache, "--format", "json");
        var root = JsonElement.Parse(first.Output);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal("eigenscope: 6 layers analysed, 0 known from earlier runs", Assert.Single(first.ErrorLines));
        Assert.Equal("eigenscope: 0 layers analysed, 6 known from earlier runs", Assert.Single(second.ErrorLines));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal("eigenscope/trajectory/1", root.GetProperty("schema").GetString());
        Assert.Equal([0, 100, 200], root.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("step").GetInt32()));
        Assert.Equal(["a.weight", "b.weight"], root.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()));
        Assert.All(root.GetProperty("layers").EnumerateArray(), layer =>
        {
            Assert.All(layer.GetProperty("metrics").EnumerateObject(), metric => Assert.Equal(3, metric.Value.GetArrayLength()));
            Assert.Equal(3, layer.GetProperty("phases").GetArrayLength());
            Assert.Equal(JsonValueKind.Null, layer.GetProperty("rotation").GetProperty("since_first").GetProperty("left").GetProperty("overlap")[0].ValueKind);
            Assert.InRange(layer.GetProperty("rotation").GetProperty("since_first").GetProperty("left").GetProperty("overlap")[2].GetDouble(), 0, 1);
        });
        Assert.Equal(3, root.GetProperty("summary").GetProperty("alpha").GetArrayLength());
        Assert.Equal("a.bias", root.GetProperty("untracked")[0].GetProperty("name").GetString());
    }

    /// <summary>Means are those that analyze has, checkpoint by checkpoint.</summary>
    [Fact]
    public void The_summary_is_that_of_each_analysis()
    {
        var tracked = JsonElement.Parse(Tool.Run("track", Run, "--no-cache", "--format", "json").Output).GetProperty("summary");
        for (var i = 0; i < 3; i++)
        {
            var alone = JsonElement.Parse(Tool.Run("analyze", Path.Combine(Run, $"checkpoint-{100 * i}"), "--format", "json").Output).GetProperty("summary");
            foreach (var name in (string[])["alpha", "stable_rank", "log_norm", "alpha_layers", "layers_analyzed"])
            {
                Assert.Equal(alone.GetProperty(name).GetDouble(), tracked.GetProperty(name)[i].GetDouble());
            }
        }
    }

    [Fact]
    public void The_table_of_CSV_has_a_row_for_each_layer_and_checkpoint()
    {
        var table = CsvTable.Parse(Tool.Run("track", Run, "--no-cache", "--format", "csv").Output);
        Assert.Equal(["0", "100", "200", "0", "100", "200"], table.Rows.Select(row => row["step"]));
        Assert.Equal(["", "", ""], table.Rows.Where(row => row["step"] == "0").Select(row => row["left_overlap"]).Append(""));
    }

    [Fact]
    public void A_real_training_is_followed()
    {
        var summary = JsonElement.Parse(Tool.Run("track", Repository.Shared("models", "zeta-moe-trajectory"), "--no-cache", "--layers", "experts.*.net.3*", "--layers", "experts.*.net.6*", "--format", "json").Output).GetProperty("summary");
        Assert.Equal([4.35, 3.76, 3.11, 2.86, 2.72], summary.GetProperty("alpha").EnumerateArray().Select(mean => Math.Round(mean.GetDouble(), 2)));
        Assert.All(summary.GetProperty("alpha_layers").EnumerateArray(), layers => Assert.Equal(8, layers.GetInt32()));
        var dcgan = Tool.Run(["track", Repository.Shared("models", "dcgan"), "--no-cache", "-q"], [("COLUMNS", "60")]);
        Assert.StartsWith("epoch ", dcgan.Output, StringComparison.Ordinal);
        Assert.All(dcgan.Output.Split('\n'), line => Assert.True(line.Length <= 60, line));
    }

    [Fact]
    public void A_rule_that_holds_ends_with_code_4_and_runs_the_command()
    {
        var result = Tool.Run("track", Run, "--no-cache", "--fail-on", "max(sv_max)>9", "--fail-on", "stall(alpha,3)<0", "--run", $"echo \"$EIGENSCOPE_RULE at $EIGENSCOPE_STEP\" > '{folder["said"]}'");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains($"checkpoint-100: max(sv_max) > 9", result.ErrorLines[^1]);
        Assert.Contains("max(sv_max) > 9: first at 100", result.Output);
        Assert.Contains("stall(alpha,3) < 0: at no checkpoint", result.Output);
        Assert.Equal("max(sv_max) > 9 at 100\n", File.ReadAllText(folder["said"]));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_read_is_code_3_and_the_others_are_there()
    {
        var file = Path.Combine(Run, "checkpoint-100", "model.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^4]);
        var result = Tool.Run("track", Run, "--no-cache", "--format", "json");
        var checkpoints = JsonElement.Parse(result.Output).GetProperty("checkpoints");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["present", "failed", "present"], checkpoints.EnumerateArray().Select(checkpoint => checkpoint.GetProperty("status").GetString()));
        Assert.Contains("model.safetensors", checkpoints[1].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("no such file", "/nowhere")]
    [InlineData("nothing matches", "RUN/*.pt")]
    [InlineData("holds no checkpoints", "EMPTY")]
    [InlineData("is chosen by --layers", "RUN", "--layers", "nothing")]
    [InlineData("is no rule such as 'alpha<2'", "RUN", "--fail-on", "alpha")]
    [InlineData("computes no metric 'alfa'", "RUN", "--fail-on", "min(alfa)<2")]
    [InlineData("--fail-on gives the rule", "RUN", "--run", "true")]
    [InlineData("--until goes with --watch", "RUN", "--until", "5")]
    [InlineData("--interval '0' is not a number of seconds", "RUN", "--watch", "--interval", "0")]
    [InlineData("-o names it", "RUN", "--watch", "--format", "json")]
    [InlineData("there is no such folder to watch", "/nowhere", "--watch")]
    [InlineData("exclude each other", "RUN", "--cache", "x", "--no-cache")]
    [InlineData("--top '0' is not a number from 1 to 256", "RUN", "--top", "0")]
    public void Slips_are_told_in_one_line(string expected, params string[] arguments)
    {
        var empty = folder.MakeFolder("empty");
        var result = Tool.Run(["track", .. arguments.Select(argument => argument.Replace("RUN", Run).Replace("EMPTY", empty))]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void Shards_fill_the_cache_from_which_the_whole_is_made()
    {
        var alone = Tool.Run("track", Run, "--no-cache", "--format", "json");
        foreach (var index in new[] { 2, 0, 1 })
        {
            var shard = Tool.Run("track", Run, "--shard", $"{index}/3", "--cache", folder["shared"]);
            Assert.Equal((0, ""), (shard.ExitCode, shard.Output));
        }

        var whole = Tool.Run("track", Run, "--cache", folder["shared"], "--format", "json");
        Assert.Equal(alone.Output, whole.Output);
        Assert.Contains("0 layers analysed", whole.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shard needs --cache DIR", "--shard", "0/2")]
    [InlineData("--format and --shard exclude each other", "--shard", "0/2", "--cache", "c", "--format", "json")]
    [InlineData("--watch and --shard exclude each other", "--shard", "0/2", "--cache", "c", "--watch")]
    public void What_makes_no_shard_is_told_in_one_line(string reason, params string[] options)
    {
        var result = Tool.Run(["track", Run, .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
