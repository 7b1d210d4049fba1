using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>A folder into which a test submits, once or several times; nothing of it may be left running at the end.</summary>
internal sealed class SlurmRun(SlurmCluster cluster, ClusterModel model, params string[] options) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The folder of shards; its name has a blank, a quote and a percent sign.</summary>
    public string Folder => folder["shards' 100 % run"];

    /// <summary>The number of the array that was submitted last.</summary>
    public string Array => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "engine.json"))).RootElement.GetProperty("array").GetString()!;

    /// <summary>How many results are there.</summary>
    public int Results => Directory.Exists(Path.Combine(Folder, "results")) ? Directory.GetFiles(Path.Combine(Folder, "results")).Length : 0;

    /// <summary>True where a file is in the folder.</summary>
    public bool Exists(string name) => File.Exists(Path.Combine(Folder, name));

    /// <summary>Submits, and waits where <c>--wait</c> says so.</summary>
    public ToolResult Submit(params string[] more) => cluster.Tool(Line(more));

    /// <summary>Submits, and does not wait for the end of the tool.</summary>
    public RunningTool Start(params string[] more) => cluster.Start(Line(more));

    /// <summary>Collects by hand.</summary>
    public ToolResult Collect() => cluster.Tool("collect", Folder, "--format", "json");

    /// <summary>Waits until so many results are there, and more are to come.</summary>
    public void WaitForResults(int least)
    {
        SlurmCluster.WaitUntil(() => Results >= least, $"{least} results are there");
        Assert.InRange(Results, least, ClusterModel.Layers - 1);
    }

    /// <summary>All is there, the same as of one machine, and nothing else is left.</summary>
    public void AssertWhole()
    {
        Assert.Equal(model.Result(options), File.ReadAllBytes(Path.Combine(Folder, "result.json")));
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "unfinished")));
        AssertNothingRuns();
    }

    /// <summary>Nothing of it runs.</summary>
    public void AssertNothingRuns() => SlurmCluster.WaitUntil(() => SlurmCluster.ProcessesWith(Folder).Count == 0, $"nothing runs any more: {string.Join(", ", SlurmCluster.ProcessesWith(Folder))}");

    /// <summary>What a task or the collecting job wrote.</summary>
    public string Log(string name) => File.ReadAllText(Path.Combine(Folder, "logs", $"{name}.out"));

    public void Dispose() => folder.Dispose();

    private string[] Line(string[] more) => ["submit", model.File, "--out", Folder, "--engine", "slurm", .. options, .. more];
}
