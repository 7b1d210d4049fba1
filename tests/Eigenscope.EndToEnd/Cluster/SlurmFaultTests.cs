using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>What goes wrong on clusters, each on a real Slurm: the result is that of one machine all the same, and nothing is left running. Takes minutes, and runs where it is asked for: tests/cluster.sh.</summary>
[Collection(SharedSlurm.Name)]
public sealed class SlurmFaultTests(SlurmCluster cluster, ClusterModel model)
{
    private static readonly string[] Slow = ["--randomize", "20"];

    [Fact(Explicit = true)]
    public void ANodeThatHangsHasItsTasksDoneTwice()
    {
        using var run = Begin("--randomize", "120");
        using var waiting = run.Start("--wait", "-n", "4");
        run.WaitForResults(1);

        var node = cluster.NodeOf(run.Array)!;
        cluster.Node("hang", node);
        try
        {
            Assert.Equal(0, waiting.Finish(SlurmCluster.Patience).ExitCode);
            Assert.True(cluster.Restarts(run.Array) > 0);
            SlurmCluster.WaitUntil(() => Enumerable.Range(0, 4).Sum(shard => run.Log($"{shard}").Split('\n').Count(line => line.Contains(" analysed, "))) > 4, "a shard was done by two");
        }
        finally
        {
            cluster.Node("wake", node);
        }

        run.AssertWhole();
    }

    [Fact(Explicit = true)]
    public void AControllerThatStartsAnewTakesUpWhatRuns()
    {
        using var run = Begin();
        using var waiting = run.Start("--wait", "-n", "6");
        run.WaitForResults(1);

        cluster.Node("kill", "ctld");
        Thread.Sleep(TimeSpan.FromSeconds(5));
        cluster.Node("start", "ctld");

        Ends(waiting, run);
    }

    [Fact(Explicit = true)]
    public void ResultsThatAreCutShortMissingOrOldAreDoneAgain()
    {
        using var run = Begin("--randomize", "1");
        Assert.Equal(0, run.Submit("--wait", "-n", "4").ExitCode);
        var results = Directory.GetFiles(Path.Combine(run.Folder, "results")).Order().ToArray();
        var whole = File.ReadAllBytes(results[3]);
        File.WriteAllBytes(results[3], whole[..(whole.Length / 2)]);
        File.Delete(results[7]);
        File.Copy(results[10], results[11], overwrite: true);
        File.WriteAllBytes(Path.Combine(run.Folder, "unfinished", "left-behind"), whole[..100]);

        var collected = run.Collect();
        Assert.Equal(3, collected.ExitCode);
        Assert.Equal(["missing: blocks.3.weight", "missing: blocks.7.weight", "missing: blocks.11.weight"], collected.ErrorLines[..3]);

        var result = run.Submit("--wait", "-n", "4");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(whole, File.ReadAllBytes(results[3]));
        Assert.Equal(3, Enumerable.Range(0, 4).Sum(shard => Analyzed(run.Log($"{shard}"))));
        run.AssertWhole();
    }

    [Fact(Explicit = true)]
    public void ResultsOfOlderWeightsAreDoneAgain()
    {
        cluster.Require();
        using var folder = new TemporaryFolder();
        var file = Write(seedOfLast: 4);
        string[] submit = ["submit", file, "--out", folder["shards"], "--engine", "slurm", "--wait", "-n", "3"];
        Assert.Equal(0, cluster.Tool(submit).ExitCode);

        Write(seedOfLast: 99);
        var collected = cluster.Tool("collect", folder["shards"], "--format", "json");
        Assert.Equal((3, "missing: w.4.weight"), (collected.ExitCode, collected.ErrorLines[0]));
        Assert.Equal(0, cluster.Tool(submit).ExitCode);

        Assert.Equal(Tool.Run("analyze", file, "--format", "json").OutputBytes, File.ReadAllBytes(folder["shards/result.json"]));
        Assert.Equal(1, Enumerable.Range(0, 3).Sum(shard => Analyzed(File.ReadAllText(folder[$"shards/logs/{shard}.out"]))));

        string Write(int seedOfLast) => folder.Write("model.safetensors", SafeTensors.Of([.. Enumerable.Range(0, 5).Select(layer => RandomWeights.Tensor($"w.{layer}.weight", layer == 4 ? seedOfLast : layer, 60 + layer, 50))]));
    }

    [Fact(Explicit = true)]
    public void WhatWasCancelledGoesOnWithAnotherNumberOfShards()
    {
        using var run = Begin();
        Assert.Equal(0, run.Submit("-n", "6").ExitCode);
        run.WaitForResults(2);
        var first = run.Array;
        var refused = run.Submit("-n", "4");
        Assert.Equal((2, true), (refused.ExitCode, Assert.Single(refused.ErrorLines).Contains($"job {first}, submitted before, is still in the queue")));

        cluster.CancelAll();
        run.AssertNothingRuns();
        Assert.InRange(run.Results, 2, ClusterModel.Layers - 1);
        Assert.Empty(Directory.GetFiles(Path.Combine(run.Folder, "unfinished")));
        Assert.Equal(0, cluster.Restarts(first));

        using var waiting = run.Start("--wait", "-n", "4");
        Ends(waiting, run);
    }

    [Fact(Explicit = true)]
    public void ATaskNearItsTimeLimitComesBack()
    {
        using var run = Begin("--randomize", "100");
        using var waiting = run.Start("--wait", "-n", "2", "--sbatch", "--time=1 --signal=B:USR1@50");
        SlurmCluster.WaitUntil(() => run.Exists("engine.json") && cluster.Restarts(run.Array) > 0, "a task was put back");

        Ends(waiting, run);
        Assert.Contains("stopped; what is done is kept", run.Log("0") + run.Log("1"));
    }

    [Fact(Explicit = true)]
    public void TooLittleMemorySaysWhatIsMissingAndMoreRepairsIt()
    {
        // Long enough for Slurm's look at the memory of tasks, once a second.
        using var run = Begin("--randomize", "12");
        using var first = run.Start("--wait", "-n", "2", "--sbatch", "--mem=20M");
        SlurmCluster.WaitUntil(() => run.Exists("engine.json") && cluster.HasEnded(run.Array), "the array has ended");
        Assert.Contains("State=FAILED", cluster.Describe(run.Array).Replace("JobState", "State").Replace("OUT_OF_MEMORY", "FAILED"));
        var result = first.Finish(SlurmCluster.Patience);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("layers are missing", result.Error);
        Assert.Contains("layers are missing", run.Log("collect"));

        using var second = run.Start("--wait", "-n", "2");
        Ends(second, run);
    }

    [Fact(Explicit = true)]
    public void ATaskWhoseJobMustGiveWayGoesOnLater()
    {
        using var run = Begin("--randomize", "30");
        using var waiting = run.Start("--wait", "-n", "6");
        run.WaitForResults(1);

        cluster.Run("sbatch", "-p", "urgent", "-N", $"{SlurmCluster.Nodes}", "--exclusive", "--output=/dev/null", "--wrap", "sleep 3");
        SlurmCluster.WaitUntil(() => cluster.Restarts(run.Array) > 0, "tasks were put back");

        Ends(waiting, run);
    }

    private SlurmRun Begin(params string[] options)
    {
        cluster.Require();
        return new SlurmRun(cluster, model, options is [] ? Slow : options);
    }

    private static void Ends(RunningTool waiting, SlurmRun run)
    {
        var result = waiting.Finish(SlurmCluster.Patience);
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}");
        run.AssertWhole();
    }

    private static int Analyzed(string log) => log.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(", ")[1] is var words ? int.Parse(words.Split(' ')[0]) : 0;
}
