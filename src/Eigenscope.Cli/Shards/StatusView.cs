using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;
using Eigenscope.Models;
using Eigenscope.Reports;

namespace Eigenscope.Cli.Shards;

/// <summary>A folder of shards as it is looked at, once or again and again.</summary>
internal sealed class StatusView : IDisposable
{
    private readonly string folder;
    private readonly Model model;
    private readonly ModelAnalysis begun;
    private readonly ShardScan scan;
    private readonly EngineQuestion engine = new();

    /// <summary>Opens a folder, and its model, of which headers and samples are read.</summary>
    /// <exception cref="UsageException">It is no folder of shards.</exception>
    public StatusView(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        var run = ShardFolder.Read(this.folder);
        ModelName = run.Model;
        (model, var options) = run.Open();
        begun = ModelAnalysis.Begin(model, options);
        scan = new ShardScan(new ShardStore(this.folder, begun), begun);
    }

    /// <summary>The model as it was named.</summary>
    public string ModelName { get; }

    /// <summary>How it stands now.</summary>
    public SeenStatus Look(CancellationToken cancellation)
    {
        var note = EngineNote.Read(folder);
        var beats = new HeartbeatFolder(folder).ReadAll();
        var found = scan.Look(cancellation);
        var now = DateTime.UtcNow;
        return new(ModelName, ShardStatus.Of(begun, found, beats, note, new ShardLogs(folder), now), engine.Ask(note, cancellation), now);
    }

    public void Dispose() => model.Dispose();
}
