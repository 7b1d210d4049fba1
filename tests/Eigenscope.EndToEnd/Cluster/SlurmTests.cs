using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>Models analysed by a real Slurm: the same bytes as of one machine.</summary>
[Collection(SharedSlurm.Name)]
public sealed class SlurmTests(SlurmCluster cluster, ClusterModel model)
{
    [Fact]
    public void AClusterSaysTheSameAsOneMachine()
    {
        cluster.Require();
        using var run = new SlurmRun(cluster, model, "--layers", "*s.?*", "--randomize", "2");

        var result = run.Submit("--wait", "-n", "8");

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains($"job {run.Array}: 8 shards", Assert.Single(result.ErrorLines));
        run.AssertWhole();
        Assert.Contains("shard 7 of 8: 3 layers, 3 analysed, 0 were there", run.Log("7"));
    }

    [Fact]
    public void AClusterComparesAsOneMachineDoes()
    {
        cluster.Require();
        using var folder = new TemporaryFolder();
        string[] models = [Repository.TinyGpt, Repository.UntrainedTinyGpt];

        var result = cluster.Tool(["submit", "compare", .. models, "--out", folder["shards"], "--engine", "slurm", "--wait", "-n", "5"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Equal(Tool.Run(["compare", .. models, "--format", "json"]).OutputBytes, File.ReadAllBytes(folder["shards/result.json"]));
    }

    [Fact]
    public void ANodeThatLosesPowerCostsNoResult()
    {
        cluster.Require();
        using var run = new SlurmRun(cluster, model, "--randomize", "20");
        using var waiting = run.Start("--wait", "-n", "6");
        run.WaitForResults(2);

        var node = cluster.NodeOf(run.Array)!;
        cluster.Node("kill", node);
        SlurmCluster.WaitUntil(() => cluster.IsDown(node), "the loss of the node is noticed");
        cluster.Node("start", node);

        Assert.Equal(0, waiting.Finish(SlurmCluster.Patience).ExitCode);
        Assert.True(cluster.Restarts(run.Array) > 0);
        run.AssertWhole();
    }
}
