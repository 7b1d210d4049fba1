using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>forecast</c> as its users see it.</summary>
public sealed class ForecastTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Run => folder["run"];

    public ForecastTests()
    {
        foreach (var step in (int[])[0, 100, 200, 300, 400, 500])
        {
            Checkpoints.Write(Run, step);
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_document_has_what_is_promised()
    {
        var result = Tool.Run("forecast", Run, "--origin", "300", "--modes", "3", "--horizon", "100", "--horizon", "200", "--format", "json");
        var root = JsonElement.Parse(result.Output);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("eigenscope/forecast/1", root.GetProperty("schema").GetString());
        Assert.Equal(["history", "history", "history", "history", "later", "later"], root.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("used").GetString()));
        Assert.All(root.GetProperty("layers").EnumerateArray(), layer =>
        {
            Assert.Equal([100, 200], layer.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("horizon").GetInt32()));
            Assert.All(layer.GetProperty("points").EnumerateArray(), point => Assert.Equal(3, point.GetProperty("low").GetArrayLength()));
            Assert.Equal(2, layer.GetProperty("backtest").GetProperty("points").GetArrayLength());
            Assert.NotEqual("", layer.GetProperty("trust").GetProperty("sentence").GetString());
        });
        Assert.Contains("matrix-linear is nearest", root.GetProperty("summary").GetProperty("sentence").GetString());
        Assert.Equal(2, root.GetProperty("summary").GetProperty("layers_forecast").GetInt32());
    }

    [Fact]
    public void The_table_fits_a_narrow_terminal_and_says_who_wins()
    {
        var result = Tool.Run(["forecast", Run, "--origin", "300"], [("COLUMNS", "60")]);
        Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= 60, line));
        Assert.Contains("off by", result.Output.ReplaceLineEndings(" "));
        Assert.Contains("trusted: in the median", result.Output.ReplaceLineEndings(" "));
    }

    [Fact]
    public void The_table_of_CSV_has_a_row_for_each_layer_horizon_and_mode()
    {
        var table = CsvTable.Parse(Tool.Run("forecast", Run, "--origin", "300", "--modes", "2", "--horizon", "200", "--format", "csv").Output);
        Assert.Equal(["1", "2", "1", "2"], table.Rows.Select(row => row["mode"]));
        Assert.All(table.Rows, row => Assert.Equal(("300", "200"), (row["from_step"], row["horizon"])));
        Assert.All(table.Rows, row => Assert.NotEqual("", row["actual"]));
    }

    /// <summary>A training of a mixture of experts: the matrix method is nearer to step 4000 than both baselines.</summary>
    [Fact]
    public void A_real_training_is_forecast()
    {
        var summary = JsonElement.Parse(Tool.Run("forecast", Repository.Shared("models", "zeta-moe-trajectory"), "--origin", "3000", "--layers", "experts.*.net.3*", "--format", "json").Output).GetProperty("summary").GetProperty("errors");
        Assert.InRange(summary.GetProperty("matrix_relaxed").GetDouble(), 0.01, 0.016);
        Assert.True(summary.GetProperty("matrix_relaxed").GetDouble() < summary.GetProperty("sigma_linear").GetDouble());
        Assert.True(summary.GetProperty("sigma_linear").GetDouble() < summary.GetProperty("last_value").GetDouble());
    }

    /// <summary>What train keeps is what forecast follows, and layer predicts the tail from.</summary>
    [Fact]
    public void Gradients_of_a_training_are_followed()
    {
        var run = folder["trained"];
        string[] train = ["train", "mlp", "--out", run, "--steps", "40", "--save-every", "10", "--width", "32", "--depth", "1", "--examples", "300", "--held-out", "20", "--weight-decay", "0.01", "--gradients", "8", "--save-gradients", "20:39", "-q"];
        Assert.Equal(0, Tool.Run(train).ExitCode);
        var streamed = JsonElement.Parse(Tool.Run("forecast", run, "--origin", "20", "--gradients", Path.Combine(run, "gradients"), "--format", "json").Output).GetProperty("layers")[0].GetProperty("streamed");
        Assert.Equal(("rank-k update", 20), (streamed.GetProperty("method").GetString(), streamed.GetProperty("gradients").GetInt32()));
        Assert.All(streamed.GetProperty("points").EnumerateArray(), point => Assert.True(point.GetProperty("error").GetDouble() < point.GetProperty("last_value_error").GetDouble()));
        var published = Tool.Run("forecast", run, "--origin", "20", "--gradients", Path.Combine(run, "gradients"), "--paper-compat");
        Assert.Contains("as published", published.Output);
        var layer = Tool.Run("layer", Path.Combine(run, "checkpoint-40"), "layers.0.weight", "--stationary", "20");
        Assert.Contains("beta-prime", layer.Output);
        Assert.Contains("exponent", layer.Output);
    }

    [Fact]
    public void Laws_of_a_layer_are_in_its_document()
    {
        var root = JsonElement.Parse(Tool.Run("layer", Repository.TinyGpt, "transformer.h.0.mlp.c_fc.weight", "--stationary", "10", "--format", "json").Output);
        Assert.Equal(4, root.GetProperty("stationary").GetProperty("laws").GetArrayLength());
        Assert.Contains("no gradients.safetensors", root.GetProperty("stationary_note").GetString());
    }

    [Theory]
    [InlineData("needs two at least", "RUN", "--origin", "50")]
    [InlineData("is chosen by --layers", "RUN", "--layers", "nothing")]
    [InlineData("--horizon '0' is not a number from 1 on", "RUN", "--horizon", "0")]
    [InlineData("--modes '0' is not a number from 1 to 256", "RUN", "--modes", "0")]
    [InlineData("--level '1' is not a number between 0 and 1", "RUN", "--level", "1")]
    [InlineData("--method 'best' is none of last-value, sigma-linear", "RUN", "--method", "best")]
    [InlineData("--bootstrap does not go with a forecast", "RUN", "--bootstrap", "100")]
    [InlineData("--gradients gives them", "RUN", "--paper-compat")]
    [InlineData("there is no such folder of gradients", "RUN", "--gradients", "/nowhere")]
    [InlineData("no such file", "/nowhere")]
    public void Slips_are_told_in_one_line(string expected, params string[] arguments)
    {
        var result = Tool.Run(["forecast", .. arguments.Select(argument => argument.Replace("RUN", Run))]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
    }
}
