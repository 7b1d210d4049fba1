namespace Eigenscope.Cluster;

/// <summary>The heart of a shard's process: it beats when it begins, a second later, every ten seconds, and at its end.</summary>
public sealed class ShardPulse : IShardObserver, IDisposable
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    /// <summary>The second beat follows soon: it tells of the first layer.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly List<string> inWork = [];
    private readonly HeartbeatFolder folder;
    private readonly Timer timer;
    private Heartbeat beat;

    /// <summary>Begins to beat.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="index">The number of the shard.</param>
    /// <param name="count">How many shards there are.</param>
    /// <param name="layers">How many layers this one has.</param>
    /// <param name="interval">The time between two beats; ten seconds where nothing is said.</param>
    public ShardPulse(HeartbeatFolder folder, int index, int count, int layers, TimeSpan? interval = null)
    {
        this.folder = folder;
        beat = new(Heartbeat.CurrentSchema, index, count, Environment.MachineName, Environment.ProcessId, DateTime.UtcNow, HeartbeatState.Running, [], 0, layers);
        folder.TryWrite(beat);
        var every = interval ?? Usual;
        timer = new Timer(_ => Beat(), null, every < Soon ? every : Soon, every);
    }

    /// <inheritdoc/>
    public void Began(ShardPart part)
    {
        lock (gate)
        {
            inWork.Add(part.Name);
        }
    }

    /// <inheritdoc/>
    public void Ended(ShardPart part, bool isThere)
    {
        lock (gate)
        {
            inWork.Remove(part.Name);
            beat = beat with { LayersDone = beat.LayersDone + (isThere ? 1 : 0) };
        }
    }

    /// <summary>Beats for the last time; what comes after the first such call is left out.</summary>
    /// <param name="state">How it ended.</param>
    public void End(HeartbeatState state)
    {
        lock (gate)
        {
            if (beat.State == HeartbeatState.Running)
            {
                beat = beat with { State = state, InWork = [.. inWork] };
                folder.TryWrite(beat);
            }
        }
    }

    /// <summary>Stops; a shard whose end was not told of has failed.</summary>
    public void Dispose()
    {
        End(HeartbeatState.Failed);
        timer.Dispose();
    }

    /// <summary>Under the lock, so that no earlier beat replaces the last.</summary>
    private void Beat()
    {
        lock (gate)
        {
            if (beat.State == HeartbeatState.Running)
            {
                beat = beat with { InWork = [.. inWork] };
                folder.TryWrite(beat);
            }
        }
    }
}
