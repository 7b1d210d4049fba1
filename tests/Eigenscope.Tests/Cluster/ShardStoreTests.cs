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
        var work = new AnalysisShards(ModelAnalysis.Begin(model, options));
        var store = new ShardStore(folder.Path, work);
        foreach (var shard in ShardPlan.Of(work.Parts, 3).Shards.Reverse())
        {
            Assert.Empty(ShardRun.Run(work, shard, store, cancellation: TestContext.Current.CancellationToken).Unfinished);
        }

        var collected = work.Collect(store);
        Assert.Equal(Encoding.UTF8.GetString(JsonReport.Of([whole])), Encoding.UTF8.GetString(JsonReport.Of([collected])));
        Assert.Equal(CsvReport.Of([whole]), CsvReport.Of([collected]));
    }

    [Fact]
    public void What_is_there_is_passed_over_and_what_is_missing_stays_pending()
    {
        using var model = Small();
        var work = Work(model);
        var (plan, store) = (ShardPlan.Of(work.Parts, 2), new ShardStore(folder.Path, work));

        var first = ShardRun.Run(work, plan.Shards[0], store, cancellation: TestContext.Current.CancellationToken);
        var again = ShardRun.Run(work, plan.Shards[0], store, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((plan.Shards[0].Parts.Count, 0), (first.Made, first.Found));
        Assert.Equal((0, plan.Shards[0].Parts.Count), (again.Made, again.Found));
        Assert.Equal(plan.Shards[1].Parts.Select(part => part.Id).Order(), work.Collect(store).Layers.Where(layer => layer.Status == LayerStatus.Pending).Select(layer => layer.Layer.Id));
        Assert.Equal(1, ShardPlan.Of(work.Parts, 1).Shards.Sum(shard => ShardRun.Run(work, shard, store, cancellation: TestContext.Current.CancellationToken).Found) / plan.Shards[0].Parts.Count);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("empty")]
    [InlineData("foreign")]
    [InlineData("checksum of something else")]
    [InlineData("unreadable")]
    public void What_is_not_whole_counts_as_missing(string how)
    {
        using var model = Small();
        var work = Work(model);
        var store = Filled(work);
        var part = work.Parts[0];
        var content = File.ReadAllBytes(store.FileOf(part));
        Assert.True(store.Has(part));

        byte[] spoiled = how switch
        {
            "cut" => content[..^5],
            "flipped" => [.. content.Select((b, i) => i == content.Length / 2 ? (byte)(b ^ 1) : b)],
            "empty" => [],
            "foreign" => File.ReadAllBytes(store.FileOf(work.Parts[1])),
            "unreadable" => WithChecksum($"{Encoding.UTF8.GetString(work.KeyOf(part))}\n{{\"row\":{{}}}}\n"),
            _ => WithChecksum("{}\n{}\n"),
        };
        File.WriteAllBytes(store.FileOf(part), spoiled);

        Assert.False(store.Has(part));
        Assert.Equal(LayerStatus.Pending, work.Collect(store).Layers[part.Id].Status);
        Assert.Equal(1, ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken).Made);
        Assert.Equal(content, File.ReadAllBytes(store.FileOf(part)));
    }

    [Fact]
    public void Results_of_other_weights_settings_or_seeds_do_not_count()
    {
        using var model = Small();
        var work = Work(model);
        Filled(work);
        using var other = Small(0.5f);

        Assert.All(Found(work), Assert.True);
        Assert.All(Found(Work(model, Layers.Options with { Accurate = true })), Assert.False);
        Assert.All(Found(Work(model, Layers.Options with { Seed = 1 })), Assert.False);

        // One weight is another one; the layers that are the same are still right.
        Assert.Equal([false, .. Enumerable.Repeat(true, work.Parts.Count - 1)], Found(Work(other)));
        Assert.All(Found(Work(model, Layers.Options with { Threads = 1, MaxMemory = 2L << 30, KeepEigenvalues = true })), Assert.True);
    }

    [Fact]
    public void A_layer_that_would_tell_less_for_want_of_memory_is_no_result()
    {
        using var model = MemoryTensor.Model(null, MemoryTensor.Counting("long", 3000, 20));
        var work = Work(model, Layers.Options with { MaxMemory = 200_000 });
        var store = new ShardStore(folder.Path, work);

        var outcome = ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken);

        Assert.Contains("more than the 0 MiB that --max-memory allows", Assert.Single(outcome.Unfinished).Reason, StringComparison.Ordinal);
        Assert.False(store.Has(work.Parts[0]));
    }

    [Fact]
    public void A_layer_of_bad_weights_is_a_result_and_one_that_wants_memory_is_none()
    {
        using var model = MemoryTensor.Model(null, Layers.With("nan", 7, float.NaN, 12, 8), Layers.Normal("large", 300, 200));
        var work = Work(model, Layers.Options with { MaxMemory = 1 << 20 });
        var store = new ShardStore(folder.Path, work);

        var outcome = ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("large", Assert.Single(outcome.Unfinished).Part.Name);
        var rows = work.Collect(store).Layers;
        Assert.Equal([LayerStatus.Failed, LayerStatus.Pending], rows.Select(row => row.Status));
        Assert.Contains("nan", rows[0].Reason!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Files_hold_no_host_time_or_thread_and_none_is_left_unfinished()
    {
        using var model = Small();
        var store = Filled(Work(model, Layers.Options with { Threads = 1 }));
        var first = Directory.GetFiles(System.IO.Path.Combine(folder.Path, "results")).ToDictionary(path => path, File.ReadAllBytes);
        Directory.Delete(System.IO.Path.Combine(folder.Path, "results"), recursive: true);
        Filled(Work(model, Layers.Options with { Threads = 2 }));

        Assert.NotNull(store);
        Assert.All(first, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        Assert.All(first, file => Assert.DoesNotContain(Environment.MachineName, Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(System.IO.Path.Combine(folder.Path, "unfinished")));
    }

    [Fact]
    public void What_was_left_half_written_is_removed_and_results_stay()
    {
        using var model = Small();
        var work = Work(model);
        var store = Filled(work);
        var unfinished = Path.Combine(folder.Path, "unfinished");
        File.WriteAllText(Path.Combine(unfinished, "half"), "half");

        store.DiscardUnfinished();

        Assert.Empty(Directory.GetFiles(unfinished));
        Assert.All(Found(work), Assert.True);
    }

    private static AnalysisShards Work(Model model, AnalysisOptions? options = null) => new(ModelAnalysis.Begin(model, options ?? Layers.Options));

    /// <summary>For every part whether its result is there.</summary>
    private IEnumerable<bool> Found(AnalysisShards work) => work.Parts.Select(new ShardStore(folder.Path, work).Has);

    private ShardStore Filled(AnalysisShards work)
    {
        var store = new ShardStore(folder.Path, work);
        ShardRun.Run(work, ShardPlan.Of(work.Parts, 1).Shards[0], store, cancellation: TestContext.Current.CancellationToken);
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
