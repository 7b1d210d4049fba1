namespace Eigenscope.Cluster;

/// <summary>Which results of shards are there. What was read once is read again only where its file has changed, so that looking often costs little.</summary>
/// <param name="store">Where results are.</param>
/// <param name="parts">What there is to be.</param>
public sealed class ShardScan(ShardStore store, IReadOnlyList<ShardPart> parts)
{
    private Dictionary<int, Seen> known = [];

    /// <summary>How many files were read so far.</summary>
    public int FilesRead { get; private set; }

    /// <summary>Looks at all results: when each one that is whole and right was written, in UTC, by the number of its part.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyDictionary<int, DateTime> Look(CancellationToken cancellation = default)
    {
        var seen = new Seen[parts.Count];
        Parallel.For(0, parts.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => seen[i] = Look(parts[i]));
        FilesRead += seen.Count(one => one.IsNew);
        known = parts.Zip(seen).ToDictionary(item => item.First.Id, item => item.Second with { IsNew = false });
        return known.Where(item => item.Value.IsGood).ToDictionary(item => item.Key, item => item.Value.Written);
    }

    private Seen Look(ShardPart part)
    {
        var file = new FileInfo(store.FileOf(part));
        if (!file.Exists)
        {
            return default;
        }

        var (written, length) = (file.LastWriteTimeUtc, file.Length);
        return known.TryGetValue(part.Id, out var before) && before.Written == written && before.Length == length
            ? before
            : new(written, length, IsGood: store.Has(part), IsNew: true);
    }

    /// <summary>A file as it was when it was read.</summary>
    private readonly record struct Seen(DateTime Written, long Length, bool IsGood, bool IsNew);
}
