using System.Text;
using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Cluster;

/// <summary>Results of shards as files: all of them make the report of one run, and what is not whole or of something else does not count.</summary>
public sealed class ShardStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Every option that changes what a row or a summary holds.</summary>
    public static TheoryData<string> Kinds => ["plain", "shuffled", "accurate", "approximate", "weightwatcher", "vectors", "bootstrap", "quasi-null", "tpl", "farms", "clip"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shards_make_the_bytes_of_one_run(string kind)
    {
        var options = Of(kind) with { KeepEigenvalues = true };
        using var model = Small();
        var whole = ModelAnalysis.Of(model, options, cancellation: TestContext.Current.CancellationToken);
        var begun = ModelAnalysis.Begin(model, options);
        var store = new ShardStore(folder.Path, begun);
        foreach (var shard in ShardPlan.Of(begun, 3).Shards.Reverse())
        {
            Assert.Empty(ShardRun.Run(begun, shard, store, cancellation: TestContext.Current.CancellationToken).Unfinished);
        }

        var collected = ShardRun.Collect(begun, store);
        Assert.Equal(Encoding.UTF8.GetString(JsonReport.Of([whole])), Encoding.UTF8.GetString(JsonReport.Of([collected])));
        Assert.Equal(CsvReport.Of([whole]), CsvReport.Of([collected]));
    }

    [Fact]
    public void What_is_there_is_passed_over_and_what_is_missing_stays_pending()
    {
        using var model = Small();
        var begun = ModelAnalysis.Begin(model, Layers.Options);
        var (plan, store) = (ShardPlan.Of(begun, 2), new ShardStore(folder.Path, begun));

        var first = ShardRun.Run(begun, plan.Shards[0], store, cancellation: TestContext.Current.CancellationToken);
        var again = ShardRun.Run(begun, plan.Shards[0], store, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((plan.Shards[0].Layers.Count, 0), (first.Analyzed, first.Found));
        Assert.Equal((0, plan.Shards[0].Layers.Count), (again.Analyzed, again.Found));
        Assert.Equal(plan.Shards[1].Layers.Select(layer => layer.Layer.Id).Order(), ShardRun.Collect(begun, store).Layers.Where(layer => layer.Status == LayerStatus.Pending).Select(layer => layer.Layer.Id));
        Assert.Equal(1, ShardPlan.Of(begun, 1).Shards.Sum(shard => ShardRun.Run(begun, shard, store, cancellation: TestContext.Current.CancellationToken).Found) / plan.Shards[0].Layers.Count);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("empty")]
    [InlineData("foreign")]
    [InlineData("checksum of something else")]
    public void What_is_not_whole_counts_as_missing(string how)
    {
        using var model = Small();
        var begun = ModelAnalysis.Begin(model, Layers.Options);
        var store = Filled(begun);
        var layer = begun.Layers[0];
        var content = File.ReadAllBytes(store.FileOf(layer));
        Assert.NotNull(store.Find(layer));

        byte[] spoiled = how switch
        {
            "cut" => content[..^5],
            "flipped" => [.. content.Select((b, i) => i == content.Length / 2 ? (byte)(b ^ 1) : b)],
            "empty" => [],
            "foreign" => File.ReadAllBytes(store.FileOf(begun.Layers[1])),
            _ => WithChecksum("{}\n{}\n"),
        };
        File.WriteAllBytes(store.FileOf(layer), spoiled);

        Assert.Null(store.Find(layer));
        Assert.Equal(1, ShardRun.Run(begun, ShardPlan.Of(begun, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken).Analyzed);
        Assert.Equal(content, File.ReadAllBytes(store.FileOf(layer)));
    }

    [Fact]
    public void Results_of_other_weights_settings_or_seeds_do_not_count()
    {
        using var model = Small();
        var begun = ModelAnalysis.Begin(model, Layers.Options);
        Filled(begun);
        using var other = Small(0.5f);

        Assert.All(begun.Layers.Where(layer => layer.Status == LayerStatus.Pending), layer => Assert.NotNull(new ShardStore(folder.Path, begun).Find(layer)));
        foreach (var changed in new[] { ModelAnalysis.Begin(model, Layers.Options with { Accurate = true }), ModelAnalysis.Begin(model, Layers.Options with { Seed = 1 }) })
        {
            Assert.All(changed.Layers.Where(layer => layer.Status == LayerStatus.Pending), layer => Assert.Null(new ShardStore(folder.Path, changed).Find(layer)));
        }

        // One weight is another one; the layers that are the same are still right.
        var moved = ModelAnalysis.Begin(other, Layers.Options);
        Assert.Null(new ShardStore(folder.Path, moved).Find(moved.Layers[0]));
        Assert.NotNull(new ShardStore(folder.Path, moved).Find(moved.Layers[1]));

        var threads = ModelAnalysis.Begin(model, Layers.Options with { Threads = 1, MaxMemory = 2L << 30, KeepEigenvalues = true });
        Assert.All(threads.Layers.Where(layer => layer.Status == LayerStatus.Pending), layer => Assert.NotNull(new ShardStore(folder.Path, threads).Find(layer)));
    }

    [Fact]
    public void A_layer_of_bad_weights_is_a_result_and_one_that_wants_memory_is_none()
    {
        using var model = MemoryTensor.Model(null, Layers.With("nan", 7, float.NaN, 12, 8), Layers.Normal("large", 300, 200));
        var begun = ModelAnalysis.Begin(model, Layers.Options with { MaxMemory = 1 << 20 });
        var store = new ShardStore(folder.Path, begun);

        var outcome = ShardRun.Run(begun, ShardPlan.Of(begun, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("large", Assert.Single(outcome.Unfinished).Layer.Name);
        Assert.Equal(LayerStatus.Failed, store.Find(begun.Layers[0])!.Status);
        Assert.Contains("nan", store.Find(begun.Layers[0])!.Reason!, StringComparison.OrdinalIgnoreCase);
        Assert.Null(store.Find(begun.Layers[1]));
    }

    [Fact]
    public void Files_hold_no_host_time_or_thread_and_none_is_left_unfinished()
    {
        using var model = Small();
        var store = Filled(ModelAnalysis.Begin(model, Layers.Options with { Threads = 1 }));
        var first = Directory.GetFiles(System.IO.Path.Combine(folder.Path, "results")).ToDictionary(path => path, File.ReadAllBytes);
        Directory.Delete(System.IO.Path.Combine(folder.Path, "results"), recursive: true);
        Filled(ModelAnalysis.Begin(model, Layers.Options with { Threads = 2 }));

        Assert.NotNull(store);
        Assert.All(first, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        Assert.All(first, file => Assert.DoesNotContain(Environment.MachineName, Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(System.IO.Path.Combine(folder.Path, "unfinished")));
    }

    [Fact]
    public void What_was_left_half_written_is_removed_and_results_stay()
    {
        using var model = Small();
        var begun = ModelAnalysis.Begin(model, Layers.Options);
        var store = Filled(begun);
        var unfinished = Path.Combine(folder.Path, "unfinished");
        File.WriteAllText(Path.Combine(unfinished, "half"), "half");

        store.DiscardUnfinished();

        Assert.Empty(Directory.GetFiles(unfinished));
        Assert.All(begun.Layers.Where(layer => layer.Status == LayerStatus.Pending), layer => Assert.NotNull(store.Find(layer)));
    }

    private ShardStore Filled(ModelAnalysis begun)
    {
        var store = new ShardStore(folder.Path, begun);
        ShardRun.Run(begun, ShardPlan.Of(begun, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken);
        return store;
    }

    private static byte[] WithChecksum(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return [.. Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}\n"), .. content];
    }

    private static AnalysisOptions Of(string kind) => kind switch
    {
        "shuffled" => Layers.Options with { Shuffles = 3 },
        "accurate" => Layers.Options with { Accurate = true },
        "approximate" => Layers.Options with { Approximate = true },
        "weightwatcher" => Layers.Options with { Compatibility = Compatibility.WeightWatcher, Shuffles = 1 },
        "vectors" => Layers.Options with { Vectors = true },
        "bootstrap" => Layers.Options with { BootstrapReplicates = 20 },
        "quasi-null" => Layers.Options with { QuasiNull = true },
        "tpl" => Layers.Options with { Truncated = true },
        "farms" => Layers.Options with { Farms = true },
        "clip" => Layers.Options with { ClipsFingers = true },
        _ => Layers.Options,
    };

    /// <summary>Matrices of several shapes, a convolution, a layer of zeros, a vector, and one with a NaN.</summary>
    private static Model Small(float shift = 0) => MemoryTensor.Model(null,
    [
        Layers.With("h.0.a.weight", 3, 1 + shift, 60, 40), Layers.Normal("h.0.b.weight", 40, 90), Layers.Normal("h.1.a.weight", 70, 70), Layers.Normal("h.1.conv.weight", 16, 8, 3, 3), Layers.Normal("h.2.a.weight", 30, 30),
        MemoryTensor.F32("zero.weight", [12, 9], new float[108]), Layers.Normal("norm.weight", 40), Layers.With("bad.weight", 5, float.NaN, 9, 8),
    ]);
}
