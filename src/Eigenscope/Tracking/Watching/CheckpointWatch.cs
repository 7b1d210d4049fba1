using Eigenscope.Analysis;

namespace Eigenscope.Tracking;

/// <summary>
/// Follows a training while it runs. A checkpoint counts when its files were the same at two looks and can be read to the end; one that is replaced is read again, one that is renamed or copied is
/// not, and one that is deleted stays known.
/// </summary>
/// <param name="paths">Folders of checkpoints, or patterns.</param>
/// <param name="tracker">What analyses checkpoints.</param>
/// <param name="store">What keeps the layers.</param>
/// <param name="journal">What keeps the rest over a restart; null for nothing.</param>
public sealed class CheckpointWatch(IReadOnlyList<string> paths, Tracker tracker, ICheckpointStore store, IWatchJournal? journal)
{
    private sealed record Known(CheckpointTrace Trace, FileState State, TrackedCheckpoint Tracked);

    private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>How the files were at the last look.</summary>
    private Dictionary<string, FileState> looked = new(StringComparer.Ordinal);

    /// <summary>Files that are known to be of no use as they are.</summary>
    private readonly Dictionary<string, FileState> refused = new(StringComparer.Ordinal);

    /// <summary>The known checkpoints in the order of the training.</summary>
    public IReadOnlyList<TrackedCheckpoint> Checkpoints =>
        [.. CheckpointSeries.Ordered([.. known.Values.Select(one => one.Trace)]).Select(checkpoint => known[checkpoint.Path].Tracked with { Checkpoint = checkpoint })];

    /// <summary>Takes up what an earlier watch of the same folder knew.</summary>
    public void Restore()
    {
        foreach (var entry in journal?.Load() ?? [])
        {
            if (store.Find(entry.Content) is { } found && Array.FindAll([.. found.Layers], layer => entry.Layers.Contains(layer.Id)) is var layers && layers.Length == entry.Layers.Count)
            {
                var isThere = FileState.Of(entry.Trace.Path) == entry.State;
                known[entry.Trace.Path] = new(entry.Trace, entry.State, found with { Layers = layers, IsPresent = isThere || FileState.Of(entry.Trace.Path) is not null });
            }
        }
    }

    /// <summary>Looks once.</summary>
    /// <param name="progress">Told of layers that were analysed.</param>
    /// <param name="cancellation">Stops within a fraction of a second; what was analysed is kept.</param>
    /// <returns>What changed since the last look.</returns>
    public IReadOnlyList<WatchEvent> Look(IProgress<AnalysisProgress>? progress = null, CancellationToken cancellation = default)
    {
        var now = StatesNow();
        List<WatchEvent> events = [];
        foreach (var (path, state) in now.Where(item => IsSettled(item.Key, item.Value)))
        {
            if (Take(path, state, now, progress, cancellation) is { } seen)
            {
                events.Add(seen);
                Save();
            }
        }

        events.AddRange(Deleted(now, looked));
        looked = now;
        return events;
    }

    /// <summary>True where every file that is there now is known or refused as it is.</summary>
    public bool IsIdle => looked.All(item => IsDone(item.Key, item.Value));

    private Dictionary<string, FileState> StatesNow()
    {
        var states = new Dictionary<string, FileState>(StringComparer.Ordinal);
        foreach (var path in paths.SelectMany(CheckpointSeries.Present))
        {
            if (FileState.Of(path) is { } state)
            {
                states[path] = state;
            }
        }

        return states;
    }

    private bool IsSettled(string path, FileState state) => !IsDone(path, state) && looked.TryGetValue(path, out var before) && before == state;

    private bool IsDone(string path, FileState state) => (known.TryGetValue(path, out var one) && one.State == state && one.Tracked.IsPresent) || (refused.TryGetValue(path, out var bad) && bad == state);

    private WatchEvent? Take(string path, FileState state, Dictionary<string, FileState> now, IProgress<AnalysisProgress>? progress, CancellationToken cancellation)
    {
        var trace = CheckpointTrace.Of(path);
        var tracked = CheckpointFolder.MissingShards(path) is { } missing
            ? new TrackedCheckpoint { Checkpoint = new(path, null, "", StepSource.Time), Failure = missing }
            : tracker.Track(new(path, null, "", StepSource.Time), progress, cancellation);
        if (FileState.Of(path) != state)
        {
            return null;
        }

        if (tracked.Failure is { } failure)
        {
            refused[path] = state;
            return new(WatchEventKind.Incomplete, path, failure);
        }

        if (known.Values.FirstOrDefault(one => one.Tracked.Key == tracked.Key && one.Trace.Path != path) is { } same)
        {
            return OfSameContent(path, trace, state, tracked, same, now);
        }

        var before = known.GetValueOrDefault(path);
        known[path] = new(trace, state, tracked);
        return before is not null && before.Tracked.Key == tracked.Key ? null : new(before is null ? WatchEventKind.Tracked : WatchEventKind.Replaced, path);
    }

    private WatchEvent OfSameContent(string path, CheckpointTrace trace, FileState state, TrackedCheckpoint tracked, Known same, Dictionary<string, FileState> now)
    {
        if (now.ContainsKey(same.Trace.Path))
        {
            refused[path] = state;
            return new(WatchEventKind.Copy, path, same.Trace.Path);
        }

        known.Remove(same.Trace.Path);
        known[path] = new(trace, state, tracked);
        return new(WatchEventKind.Renamed, path, same.Trace.Path);
    }

    /// <summary>What is missing at two looks; at the first it may have another name, under which it is not settled yet.</summary>
    private List<WatchEvent> Deleted(Dictionary<string, FileState> now, Dictionary<string, FileState> before)
    {
        var gone = known.Values.Where(one => one.Tracked.IsPresent && !now.ContainsKey(one.Trace.Path) && !before.ContainsKey(one.Trace.Path)).ToList();
        foreach (var one in gone)
        {
            known[one.Trace.Path] = one with { Tracked = one.Tracked with { IsPresent = false } };
        }

        return gone.ConvertAll(one => new WatchEvent(WatchEventKind.Deleted, one.Trace.Path));
    }

    private void Save() => journal?.Save([.. known.Values.OrderBy(one => one.Trace.Path, StringComparer.Ordinal).Select(EntryOf)]);

    /// <summary>A checkpoint with layers that failed is read again after a restart.</summary>
    private static JournalEntry EntryOf(Known one) =>
        new(one.Trace, one.Tracked.HasFailures ? default : one.State, one.Tracked.Key, [.. one.Tracked.Layers.Where(layer => layer.Failure is null).Select(layer => layer.Id)]);
}
