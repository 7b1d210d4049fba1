using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The manifest for Kubernetes against the schema of its API, by the npm package kubernetes-models.</summary>
public sealed class KubernetesTests
{
    private static readonly string Checks = Path.Combine(Repository.Folder, "tests", "kubernetes");

    /// <summary>The golden file, which a unit test holds against what is printed.</summary>
    private static readonly string Manifest = File.ReadAllText(Path.Combine(Repository.Folder, "tests", "Eigenscope.Tests", "Golden", "Kubernetes.json"));

    [Fact]
    public void The_schema_takes_the_manifest() => Assert.Equal((0, ""), Check(Manifest));

    /// <summary>What it takes is not just anything: a misspelt name, a wrong type, a value that is none, a field that is left out.</summary>
    [Theory]
    [InlineData("\"backoffLimitPerIndex\"", "\"backofLimitPerIndex\"", "'\"backofLimitPerIndex\"' does not exist")]
    [InlineData("\"mountPath\"", "\"path\"", "must have required property mountPath")]
    [InlineData("\"completions\": 64", "\"completions\": \"64\"", "data/spec/completions must be integer")]
    [InlineData("\"Indexed\"", "\"indexed\"", "must be equal to one of the allowed values")]
    [InlineData("\"kind\": \"Job\"", "\"kind\": \"Jub\"", "batch/v1 Jub is no Job")]
    [InlineData("\"workingDir\"", "\"workingDirectory\"", "'\"workingDirectory\"' does not exist")]
    public void The_schema_finds_what_is_wrong(string right, string wrong, string message)
    {
        Assert.Contains(right, Manifest, StringComparison.Ordinal);
        var (code, output) = Check(new Regex(Regex.Escape(right), RegexOptions.None, TimeSpan.FromSeconds(5)).Replace(Manifest, wrong, 1));
        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_prints_a_manifest_that_the_schema_takes_and_does_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var result = Tool.Run("submit", Repository.TinyGpt, "--out", folder["shards"], "--engine", "kubernetes", "--image", "tool:1", "--mount", folder.FullPath, "--claim", "weights", "--shards", "5", "--layers", "*mlp*", "--threads", "2");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"eigenscope: {Repository.TinyGpt} is not below {folder.FullPath}", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullPath));
        var spec = JsonElement.Parse(result.Output).GetProperty("items")[0].GetProperty("spec");
        Assert.Equal((5, 5), (spec.GetProperty("completions").GetInt32(), spec.GetProperty("parallelism").GetInt32()));
        var command = spec.GetProperty("template").GetProperty("spec").GetProperty("containers")[0].GetProperty("command").EnumerateArray().Select(word => word.GetString()!).ToList();
        Assert.Equal(["eigenscope", "analyze", Repository.TinyGpt, "--layers", "*mlp*", "--shard", "auto", "--of", "5", "--out", folder["shards"], "--threads", "2", "--max-memory"], command[..^1]);
        Assert.Equal((0, ""), Check(result.Output));

        // What the pods are to run is run here, one after the other.
        foreach (var index in Enumerable.Range(0, 5))
        {
            Assert.Equal(0, Tool.Run([.. command[1..]], [("JOB_COMPLETION_INDEX", $"{index}")]).ExitCode);
        }

        Assert.Equal(Tool.Run("analyze", Repository.TinyGpt, "--layers", "*mlp*", "--format", "json").Output, Tool.Run("collect", folder["shards"], "--format", "json").Output);
    }

    [Fact]
    public void The_schema_takes_the_manifest_of_a_comparison()
    {
        var result = Tool.Run("submit", "compare", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--out", "/data/shards", "--engine", "kubernetes", "--image", "tool:1", "--shards", "5", "--top", "4");

        Assert.Equal(0, result.ExitCode);
        var pod = JsonElement.Parse(result.Output).GetProperty("items")[0].GetProperty("spec").GetProperty("template").GetProperty("spec");
        Assert.Equal(["eigenscope", "compare", Repository.TinyGpt, Repository.UntrainedTinyGpt, "--top", "4", "--shard", "auto"], pod.GetProperty("containers")[0].GetProperty("command").EnumerateArray().Take(8).Select(word => word.GetString()));
        Assert.Equal((0, ""), Check(result.Output));
    }

    [Theory]
    [InlineData("--engine kubernetes needs --image IMAGE", "--engine", "kubernetes")]
    [InlineData("--mount 'data' is no absolute path", "--engine", "kubernetes", "--image", "tool:1", "--mount", "data")]
    [InlineData("--wait is for what this tool submits itself", "--engine", "kubernetes", "--image", "tool:1", "--wait")]
    [InlineData("--sbatch goes with --engine slurm", "--engine", "kubernetes", "--image", "tool:1", "--sbatch", "-p gpu")]
    [InlineData("--claim goes with --engine kubernetes", "--engine", "slurm", "--claim", "weights")]
    public void What_does_not_go_together_is_told_in_one_line(string reason, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var result = Tool.Run(["submit", Repository.TinyGpt, "--out", folder["shards"], .. options]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static (int Code, string Output) Check(string manifest)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Checks, "node_modules")), "the schema of the Kubernetes API was not fetched (npm ci in tests/kubernetes)");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Checks, "check.mjs")]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        node.StandardInput.Write(manifest);
        node.StandardInput.Close();
        var output = node.StandardOutput.ReadToEnd();
        Assert.True(node.WaitForExit(Tool.Patience));
        return (node.ExitCode, output);
    }
}
