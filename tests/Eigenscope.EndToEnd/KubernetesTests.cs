using System.Diagnostics;
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
