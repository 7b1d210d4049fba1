using System.Text.Json;
using Eigenscope.Cluster.Engines;
using Eigenscope.Tests.Golden;
using Xunit;

namespace Eigenscope.Tests.Cluster;

/// <summary>The manifest for Kubernetes. Whether the API takes it is for the schema to say, against which the golden file is checked end to end.</summary>
public sealed class KubernetesManifestTests
{
    private static readonly KubernetesRun Run = new("analyze", ["/data/models/llama-405b"], "/data/shards", ["--layers", "*mlp*", "--bootstrap", "100"], 64, 8, 9216, 9728);
    private static readonly KubernetesPlace Place = new("registry.example/eigenscope:0.1", "weights", "/data", "research", 16);

    [Fact]
    public void The_manifest_changes_only_on_purpose() => GoldenFile.Require("tests/Eigenscope.Tests/Golden/Kubernetes.json", KubernetesManifest.Of(Run, Place));

    [Fact]
    public void Nothing_is_said_of_what_was_not_asked_for()
    {
        var jobs = Jobs(Run, new("image", "claim", "/data"));
        Assert.All(jobs, job => Assert.False(job.GetProperty("metadata").TryGetProperty("namespace", out _)));
        Assert.Equal(64, jobs[0].GetProperty("spec").GetProperty("parallelism").GetInt32());
        Assert.Equal(3, Jobs(Run with { Shards = 3 }, Place)[0].GetProperty("spec").GetProperty("parallelism").GetInt32());
    }

    [Fact]
    public void Words_reach_the_command_as_they_are()
    {
        var command = Jobs(Run with { Models = ["/data/a$(HOME) 'b\""], Arguments = ["--exclude", "$$x"] }, Place)[0].GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0].GetProperty("command");
        Assert.Equal(["eigenscope", "analyze", "/data/a$$(HOME) 'b\"", "--exclude", "$$$$x", "--shard", "auto", "--of", "64", "--out", "/data/shards", "--threads", "8", "--max-memory", "9216MiB"], command.EnumerateArray().Select(word => word.GetString()));
    }

    [Theory]
    [InlineData("/data/shards", "eigenscope-shards")]
    [InlineData("/data/shards/", "eigenscope-shards")]
    [InlineData("/data/My Shards_of.405B", "eigenscope-my-shards-of-405b")]
    [InlineData("/data/größe--", "eigenscope-gr--e")]
    [InlineData("/data/__", "eigenscope")]
    [InlineData("/data/a-very-long-name-of-a-folder-that-goes-on-and-on-and-on", "eigenscope-a-very-long-name-of-a-folder")]
    public void Jobs_are_named_after_the_folder(string folder, string name) => Assert.Equal(name, KubernetesManifest.NameOf(folder));

    private static List<JsonElement> Jobs(KubernetesRun run, KubernetesPlace place) => [.. JsonElement.Parse(KubernetesManifest.Of(run, place)).GetProperty("items").EnumerateArray()];
}
