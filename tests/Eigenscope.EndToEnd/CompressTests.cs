using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>compress</c> as its users see it.</summary>
public sealed class CompressTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_document_has_what_is_promised_and_the_folder_is_a_model()
    {
        var result = Tool.Run("compress", Repository.TinyGpt, folder["out"], "--ratio", "0.5", "--allocation", "alpha", "--as", "dense", "--format", "json");
        var root = JsonElement.Parse(result.Output);
        var changed = root.GetProperty("layers").EnumerateArray().Where(layer => layer.GetProperty("status").ValueEquals("changed")).ToList();

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(("eigenscope/reshaping/1", "compress"), (root.GetProperty("schema").GetString(), root.GetProperty("command").GetString()));
        Assert.Equal(52, root.GetProperty("layers").GetArrayLength());
        Assert.Equal(16, changed.Count);
        Assert.All(changed, layer => Assert.InRange(layer.GetProperty("numbers").GetProperty("relative_error").GetDouble(), 0.01, 0.99));
        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.TinyGpt, "config.json")), File.ReadAllBytes(Path.Combine(folder["out"], "config.json")));
        Assert.Equal(new FileInfo(Path.Combine(Repository.TinyGpt, "model.safetensors")).Length, new FileInfo(Path.Combine(folder["out"], "model.safetensors")).Length);

        // What compress says is lost is what compare finds.
        var compared = JsonElement.Parse(Tool.Run("compare", folder["out"], Repository.TinyGpt, "--layers", "*h.0.mlp.c_fc*", "--format", "json").Output).GetProperty("layers")[0];
        var said = changed.Single(layer => layer.GetProperty("name").ValueEquals("transformer.h.0.mlp.c_fc.weight")).GetProperty("numbers").GetProperty("relative_error").GetDouble();
        Assert.Equal(said, compared.GetProperty("change").GetProperty("relative_norm").GetDouble(), 1e-12);
    }

    [Fact]
    public void Half_of_the_numbers_make_a_smaller_file()
    {
        var result = Tool.Run("compress", Repository.TinyGpt, folder["out"], "--ratio", "0.5");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("kept: 2 layers, an embedding, not named by --layers or --role", result.Output);
        Assert.InRange(new FileInfo(Path.Combine(folder["out"], "model.safetensors")).Length, 3_200_000, 3_400_000);
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        var outputs = new[] { "1", "2" }.Select(threads => Tool.Run("compress", Repository.TinyGpt, folder[threads], "--rank", "9", "--layers", "*h.1*", "--threads", threads, "--format", "csv").Output).ToList();
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["1"], "model.safetensors")), File.ReadAllBytes(Path.Combine(folder["2"], "model.safetensors")));
    }

    [Theory]
    [InlineData("--rank and --energy exclude each other", "--rank", "3", "--energy", "0.5")]
    [InlineData("--allocation spreads what --ratio leaves", "--allocation", "alpha")]
    [InlineData("--spread belongs to --allocation alpha", "--ratio", "0.5", "--spread", "0.2")]
    [InlineData("--ratio '1' leaves nothing to choose", "--ratio", "1")]
    [InlineData("--edge 'tw' is none of mp, detx", "--edge", "tw")]
    [InlineData("--dtype 'I8' is none of F64, F32, F16, BF16", "--dtype", "I8")]
    [InlineData("--conv is an option of analyze", "--conv", "slices")]
    [InlineData("none of its layers is chosen", "--layers", "nothing")]
    public void Slips_are_told_in_one_line(string expected, params string[] options)
    {
        var result = Tool.Run(["compress", Repository.TinyGpt, folder["out"], .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void What_is_there_is_not_overwritten()
    {
        folder.Write("file", [1]);
        Assert.Contains("there is something already", Assert.Single(Tool.Run("compress", Repository.TinyGpt, folder.FullPath).ErrorLines));
        Assert.Contains("does not exist", Assert.Single(Tool.Run("compress", Repository.TinyGpt, folder["no/where"]).ErrorLines));
    }

    /// <summary>A layer with a NaN fails alone.</summary>
    [Fact]
    public void A_failed_layer_is_told_and_the_others_go_on()
    {
        var broken = RandomWeights.Tensor("a.weight", 1, 20, 30);
        broken.Values[5] = float.NaN;
        var model = folder.Write("model.safetensors", SafeTensors.Of(broken, RandomWeights.Tensor("b.weight", 2, 20, 30)));
        var result = Tool.Run("compress", model, folder["out"], "--rank", "3");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("failed: a.weight, the weight at [0, 5] is NaN", result.Output);
    }

    [Fact]
    public void A_narrow_terminal_has_no_longer_lines() =>
        Assert.All(Tool.Run(["compress", Repository.TinyGpt, folder["out"]], [("COLUMNS", "60")]).Output.Split('\n'), line => Assert.True(line.Length <= 60 || line.Contains(folder.FullPath, StringComparison.Ordinal), line));
}
