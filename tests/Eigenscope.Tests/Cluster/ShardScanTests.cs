using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Reports;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Cluster;

public sealed class ShardScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_read_once_and_again_where_it_has_changed()
    {
        using var model = MemoryTensor.Model(null, Layers.Normal("a.weight", 20, 20), Layers.Normal("b.weight", 20, 30), Layers.Normal("c.weight", 10, 30), Layers.Normal("norm.weight", 40));
        var work = new AnalysisShards(ModelAnalysis.Begin(model, Layers.Options));
        var store = new ShardStore(folder.Path, work);
        var scan = new ShardScan(store, work.Parts);
        Assert.Equal([], Look(scan, reads: 0));

        var shards = ShardPlan.Of(work.Parts, 3).Shards;
        ShardRun.Run(work, shards[0], store, cancellation: TestContext.Current.CancellationToken);
        var first = Look(scan, reads: 1);
        Assert.Equal(shards[0].Parts.Select(part => part.Id), first);
        Assert.Equal(first, Look(scan, reads: 0));

        ShardRun.Run(work, shards[1], store, cancellation: TestContext.Current.CancellationToken);
        ShardRun.Run(work, shards[2], store, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2], Look(scan, reads: 2));

        // Cut short, then seen again, deleted, and whole again.
        var file = store.FileOf(work.Parts[1]);
        var content = File.ReadAllBytes(file);
        File.WriteAllBytes(file, content[..^1]);
        Assert.Equal([0, 2], Look(scan, reads: 1));
        Assert.Equal([0, 2], Look(scan, reads: 0));
        File.Delete(file);
        Assert.Equal([0, 2], Look(scan, reads: 0));
        File.WriteAllBytes(file, content);
        Assert.Equal([0, 1, 2], Look(scan, reads: 1));
        Assert.Equal(File.GetLastWriteTimeUtc(file), scan.Look(TestContext.Current.CancellationToken)[1]);
    }

    private static IEnumerable<int> Look(ShardScan scan, int reads)
    {
        var before = scan.FilesRead;
        var found = scan.Look(TestContext.Current.CancellationToken).Keys.Order().ToList();
        Assert.Equal(reads, scan.FilesRead - before);
        return found;
    }
}
