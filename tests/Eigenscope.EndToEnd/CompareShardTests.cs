using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary><c>compare --shard</c> and <c>collect</c> as processes: every form of the result has the bytes of one run.</summary>
public sealed class CompareShardTests : IDisposable
{
    private static readonly string[] Models = [Repository.TinyGpt, Repository.UntrainedTinyGpt];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Into => folder["shards"];

    [Fact]
    public void ShardsMakeTheBytesOfOneRun()
    {
        foreach (var index in new[] { 2, 0, 1 })
        {
            AssertDone(Shard(index, 3, "--base", Repository.TinyGpt, "--esd", "--threads", index == 0 ? "2" : "1"));
        }

        string[] whole = ["compare", .. Models, "--base", Repository.TinyGpt, "--esd"];
        foreach (var format in new[] { "json", "csv", "table" })
        {
            var (one, collected) = (Tool.Run([.. whole, "--format", format, "--report", folder["one.html"]]), Tool.Run("collect", Into, "--format", format, "--report", folder["collected.html"]));
            Assert.Equal((0, one.Output), (collected.ExitCode, collected.Output));
        }

        Assert.Equal(File.ReadAllBytes(folder["one.html"]), File.ReadAllBytes(folder["collected.html"]));
    }

    [Fact]
    public void WhatIsMissingIsListedAndToldOfByStatus()
    {
        AssertDone(Shard(0, 2, "--layers", "*h.0*"));

        var (collected, status) = (Tool.Run("collect", Into), Tool.Run("status", Into));
        Assert.Equal((3, ""), (collected.ExitCode, collected.Output));
        Assert.Matches("^eigenscope: [0-9]+ of 7 layers are missing", collected.ErrorLines[^1]);
        Assert.Equal(3, status.ExitCode);
        Assert.StartsWith($"{Repository.TinyGpt}, {Repository.UntrainedTinyGpt}", status.Output.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);

        AssertDone(Shard(1, 2, "--layers", "*h.0*"));
        Assert.Equal(Tool.Run(["compare", .. Models, "--layers", "*h.0*", "--format", "json"]).Output, Tool.Run("collect", Into, "--format", "json").Output);
    }

    [Fact]
    public void AFolderIsOfOneRun()
    {
        AssertDone(Shard(0, 30));
        foreach (var other in (ToolResult[])[Tool.Run(["analyze", Repository.TinyGpt, "--shard", "0/30", "--out", Into]), Shard(0, 30, "--top", "5"), Tool.Run(["compare", .. Models.Reverse(), "--shard", "0/30", "--out", Into])])
        {
            Assert.Equal((2, ""), (other.ExitCode, other.Output));
            Assert.Contains($"is of another run: eigenscope 0.1.0 compare {Models[0]} {Models[1]}, from ", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--format and --shard exclude each other", "--format", "json")]
    [InlineData("--report and --shard exclude each other", "--report", "x.html")]
    [InlineData("is not a number from 1", "--top", "0")]
    public void WhatMakesNoShardIsToldInOneLine(string reason, params string[] options)
    {
        var result = Shard(0, 2, options);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Into));
    }

    [Fact]
    public void WhatIsNoFolderOfShardsIsToldInOneLine()
    {
        var file = folder.Write("file", [1]);
        string[] shard = ["compare", .. Models, "--shard", "0/2", "--out"];
        foreach (var (result, reason) in ((ToolResult, string)[])
            [
                (Tool.Run([.. shard, file]), $"{file} is a file, and a folder is wanted"), (Tool.Run([.. shard, ""]), "'' names no folder"),
                (Tool.Run("collect", file), $"{file} is a file"), (Tool.Run("collect", ""), "'' names no folder"), (Tool.Run("status", ""), "'' names no folder"),
            ])
        {
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        }
    }

    /// <summary>A configuration beside the weights changes while shards run: what was made before counts no more.</summary>
    [Fact]
    public void AnotherConfigurationIsAnotherModel()
    {
        var weights = SafeTensors.Of([RandomWeights.Tensor("gpt_neox.layers.0.attention.query_key_value.weight", 1, 96, 32)]);
        string[] models = [Path.Combine(folder.FullPath, "a"), Path.Combine(folder.FullPath, "b")];
        Configure(2);
        AssertDone(Tool.Run(["compare", .. models, "--shard", "0/2", "--out", Into]));
        Configure(4);
        AssertDone(Tool.Run(["compare", .. models, "--shard", "1/2", "--out", Into]));

        Assert.Equal(3, Tool.Run("collect", Into).ExitCode);
        AssertDone(Tool.Run(["compare", .. models, "--shard", "0/1", "--out", Into]));
        Assert.Equal(Tool.Run(["compare", .. models, "--format", "json"]).Output, Tool.Run("collect", Into, "--format", "json").Output);

        void Configure(int heads)
        {
            foreach (var model in models)
            {
                Directory.CreateDirectory(model);
                File.WriteAllBytes(Path.Combine(model, "model.safetensors"), weights);
                File.WriteAllText(Path.Combine(model, "config.json"), $$"""{"architectures": ["GPTNeoXForCausalLM"], "hidden_size": 32, "num_attention_heads": {{heads}}}""");
            }
        }
    }

    private ToolResult Shard(int index, int count, params string[] options) => Tool.Run(["compare", .. Models, "--shard", $"{index}/{count}", "--out", Into, .. options]);

    private static void AssertDone(ToolResult result) => Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}");
}
