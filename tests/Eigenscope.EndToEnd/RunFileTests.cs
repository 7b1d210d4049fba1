using System.Text.Json.Nodes;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>run.json of a folder of shards: what a hand has spoiled is told of in one line, and never taken for something else.</summary>
public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Into => folder["shards"];

    private string RunFile => Path.Combine(Into, "run.json");

    [Theory]
    [InlineData("models", "null", "no eigenscope/shards/1")]
    [InlineData("models", "[]", "no eigenscope/shards/1")]
    [InlineData("models", "[null]", "no eigenscope/shards/1")]
    [InlineData("models", "7", "not what eigenscope wrote, from line ")]
    [InlineData("arguments", "[null]", "no eigenscope/shards/1")]
    [InlineData("arguments", "[\"--bogus\"]", "Unrecognized command or argument '--bogus'")]
    [InlineData("arguments", "[\"more\"]", "Unrecognized command or argument 'more'")]
    [InlineData("arguments", "[\"--shard\", \"0/2\"]", "Unrecognized command or argument '--shard'")]
    [InlineData("arguments", "[\"--seed\"]", "Required argument missing for option: '--seed'")]
    [InlineData("arguments", "[\"--max-memory\", \"0\"]", "--max-memory '0' is not a size")]
    [InlineData("from", "\"\"", "named from the folder '', which is not here")]
    [InlineData("from", "\"/not/there\"", "named from the folder '/not/there', which is not here")]
    [InlineData("command", "null", "no eigenscope/shards/1")]
    [InlineData("command", "\"\"", "shards of '': only those of analyze and compare are known")]
    [InlineData("command", "\"merge it\"", "shards of 'merge it': only those of analyze and compare are known")]
    [InlineData("version", "null", "no eigenscope/shards/1")]
    [InlineData("version", "\"0.0.9\"", "the shards are of eigenscope 0.0.9, and this is ")]
    public void WhatAHandHasSpoiledIsToldInOneLine(string member, string value, string reason)
    {
        Assert.Equal(0, Shard().ExitCode);
        var run = JsonNode.Parse(File.ReadAllText(RunFile))!;
        run[member] = JsonNode.Parse(value);
        File.WriteAllText(RunFile, run.ToJsonString());

        foreach (var result in (ToolResult[])[Tool.Run("collect", Into), Tool.Run("status", Into)])
        {
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        }
    }

    /// <summary>A pattern that looks like an option is read again as the pattern that it is.</summary>
    [Fact]
    public void AValueThatLooksLikeAnOptionStaysAValue()
    {
        string[] options = ["--layers", "*h.0*", "--exclude=--esd", "--seed", "-7"];
        Assert.Equal(0, Shard(options).ExitCode);

        Assert.Equal(["--layers", "*h.0*", "--exclude=--esd", "--seed=-7"], JsonNode.Parse(File.ReadAllText(RunFile))!["arguments"]!.AsArray().Select(word => word!.GetValue<string>()));
        var collected = Tool.Run("collect", Into, "--format", "json");
        Assert.Equal(Tool.Run(["analyze", Repository.TinyGpt, "--format", "json", .. options]).Output, collected.Output);
    }

    private ToolResult Shard(params string[] options) => Tool.Run(["analyze", Repository.TinyGpt, "--shard", options.Length > 0 ? "0/1" : "0/99", "--out", Into, .. options]);
}
