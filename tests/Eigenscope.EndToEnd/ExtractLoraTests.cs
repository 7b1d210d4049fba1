using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>extract-lora</c> as its users see it.</summary>
public sealed class ExtractLoraTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_adapter_is_found_again_by_compare()
    {
        var result = Tool.Run("extract-lora", Repository.UntrainedTinyGpt, Repository.TinyGpt, folder["adapter"], "--rank", "16", "--embeddings", "skip", "--dtype", "F32", "--format", "json");
        var root = JsonElement.Parse(result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal((32, 18, 2), (Number(root, "tensors_in_factors"), Number(root, "tensors_whole"), Number(root, "tensors_lost")));
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], Directory.GetFiles(folder["adapter"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // GPT-2's layers are stored [in, out]: the factors are of [out, in].
        var config = JsonElement.Parse(File.ReadAllText(Path.Combine(folder["adapter"], "adapter_config.json")));
        Assert.Equal((16, 16, true, "CAUSAL_LM"), (config.GetProperty("r").GetInt32(), config.GetProperty("lora_alpha").GetInt32(), config.GetProperty("fan_in_fan_out").GetBoolean(), config.GetProperty("task_type").GetString()));
        var inspected = JsonElement.Parse(Tool.Run("inspect", folder["adapter"], "--format", "json").Output).ToString();
        Assert.Contains("base_model.model.transformer.h.0.mlp.c_fc.lora_BA.weight", inspected);

        var compared = JsonElement.Parse(Tool.Run("compare", Repository.UntrainedTinyGpt, folder["adapter"], "--format", "json").Output);
        var layer = compared.GetProperty("layers").EnumerateArray().Single(row => row.GetProperty("name").GetString()!.Contains("h.0.mlp.c_fc", StringComparison.Ordinal));
        Assert.Equal(16, layer.GetProperty("change").GetProperty("adapter_rank").GetInt32());
    }

    [Fact]
    public void An_adapter_with_whole_tables_is_compared_too()
    {
        Assert.Equal(0, Tool.Run("extract-lora", Repository.UntrainedTinyGpt, Repository.TinyGpt, folder["adapter"], "--rank", "16").ExitCode);
        var layers = JsonElement.Parse(Tool.Run("compare", folder["adapter"], Repository.UntrainedTinyGpt, "--format", "json").Output).GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(16, Named(layers, "h.0.mlp.c_fc").GetProperty("change").GetProperty("adapter_rank").GetInt32());
        Assert.Equal("continued training", Named(layers, "wte").GetProperty("verdict").GetString());
    }

    [Fact]
    public void What_is_left_out_is_lost_and_told()
    {
        var root = JsonElement.Parse(Tool.Run("extract-lora", Repository.UntrainedTinyGpt, Repository.TinyGpt, folder["adapter"], "--role", "mlp", "--embeddings", "skip", "--format", "json").Output);
        var lost = root.GetProperty("layers").EnumerateArray().Where(layer => layer.GetProperty("status").ValueEquals("lost")).ToList();
        Assert.Equal(Number(root, "tensors_lost"), lost.Count);
        Assert.All(lost, layer => Assert.Equal("not chosen by --role", layer.GetProperty("reason").GetString()));
        Assert.InRange(root.GetProperty("summary").GetProperty("lost_norm").GetDouble(), 1, root.GetProperty("summary").GetProperty("change_norm").GetDouble());
    }

    [Theory]
    [InlineData("there is nothing to extract", "A", "A")]
    [InlineData("--rank 'few' is neither auto nor a whole number", "B", "A", "--rank", "few")]
    [InlineData("--rank and --energy exclude each other", "B", "A", "--rank", "4", "--energy", "0.5")]
    [InlineData("/nowhere", "/nowhere", "A")]
    public void Slips_are_told_in_one_line(string expected, string before, string after, params string[] options)
    {
        string Path(string name) => name switch { "A" => Repository.TinyGpt, "B" => Repository.UntrainedTinyGpt, _ => name };
        var result = Tool.Run(["extract-lora", Path(before), Path(after), folder["out"], .. options]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, Assert.Single(result.ErrorLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
    }

    private static JsonElement Named(List<JsonElement> layers, string name) => layers.Single(layer => layer.GetProperty("name").GetString()!.Contains(name, StringComparison.Ordinal));

    private static int Number(JsonElement root, string name) => root.GetProperty("summary").GetProperty(name).GetInt32();
}
