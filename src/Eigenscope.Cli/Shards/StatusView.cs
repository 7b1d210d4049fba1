using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Cli.Shards;

/// <summary>A folder of shards as it is looked at, once or again and again.</summary>
internal sealed class StatusView : IDisposable
{
    private readonly string folder;
    private readonly ShardedRun run;
    private readonly ShardScan scan;
    private readonly EngineQuestion engine = new();

    /// <summary>Opens a folder, and its models, of which headers and samples are read.</summary>
    /// <exception cref="UsageException">It is no folder of shards.</exception>
    public StatusView(string folder)
    {
        this.folder = ShardFolder.FullPath(folder);
        var known = ShardFolder.Read(this.folder);
        Title = string.Join(", ", known.Models);
        run = known.Open();
        scan = new ShardScan(new ShardStore(this.folder, run.Work), run.Work.Parts);
    }

    /// <summary>The models as they were named.</summary>
    public string Title { get; }

    /// <summary>How it stands now.</summary>
    public SeenStatus Look(CancellationToken cancellation)
    {
        var note = EngineNote.Read(folder);
        var beats = new HeartbeatFolder(folder).ReadAll();
        var found = scan.Look(cancellation);
        var now = DateTime.UtcNow;
        return new(Title, ShardStatus.Of(run.Work.Parts, found, beats, note, new ShardLogs(folder), now), engine.Ask(note, cancellation), now);
    }

    public void Dispose() => run.Dispose();
}
