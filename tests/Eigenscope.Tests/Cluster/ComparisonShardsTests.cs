using System.Text;
using System.Text.RegularExpressions;
using Eigenscope.Analysis;
using Eigenscope.Cluster;
using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Tests.Comparison;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Cluster;

/// <summary>Parts of a comparison as files: all of them make the comparison of one run.</summary>
public sealed class ComparisonShardsTests : IDisposable
{
    private const int Rows = 32;
    private const int Columns = 40;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Every kind of counterpart, and every option that changes what a pair or a summary holds.</summary>
    public static TheoryData<string> Kinds => ["two", "three", "adapter", "adapters", "depth", "broken", "filtered", "first is reference", "grouped", "shuffled", "accurate", "rank deficient", "top", "bootstrap"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shards_make_the_bytes_of_one_run(string kind)
    {
        var (models, options) = Of(kind);
        var whole = ComparedModels.Compare(options, models);

        foreach (var keepsEigenvalues in new[] { true, false })
        {
            var shown = options with { Analysis = options.Analysis with { KeepEigenvalues = keepsEigenvalues } };
            var collected = Collected(new(models, shown));
            Assert.Equal(Encoding.UTF8.GetString(ComparisonJson.Of(whole with { Options = shown })), Encoding.UTF8.GetString(ComparisonJson.Of(collected)));
            Assert.Equal(ComparisonCsv.Of(whole with { Options = shown }), ComparisonCsv.Of(collected));
        }
    }

    /// <summary>What a plan asks for suffices: nothing fails for want of memory, and no route is another one.</summary>
    [Theory]
    [InlineData("three")]
    [InlineData("rank deficient")]
    [InlineData("adapter")]
    [InlineData("adapters")]
    public void The_memory_of_a_plan_changes_no_number(string kind)
    {
        var (models, options) = Of(kind);
        var memory = ShardPlan.Of(new ComparisonShards(models, options).Parts, 2).WorkingMemory(1);
        var little = options with { Analysis = options.Analysis with { MaxMemory = memory } };
        Assert.Equal(ComparisonJson.Of(ComparedModels.Compare(options, models)), ComparisonJson.Of(ComparedModels.Compare(little, models)));
    }

    [Fact]
    public void What_wants_more_memory_than_is_allowed_is_left_undone()
    {
        var (models, options) = Of("two");
        var work = new ComparisonShards(models, options with { Analysis = options.Analysis with { MaxMemory = 1000 } });
        var store = new ShardStore(folder.Path, work);

        var outcome = Run(work, store, 1);

        Assert.Equal((0, work.Parts.Count), (outcome.Made, outcome.Unfinished.Count));
        Assert.Contains("--max-memory", outcome.Unfinished[0].Reason, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => work.Collect(store));
    }

    /// <summary>With little memory the Gram route would be the last word, and with much it is not: such a result would be of neither machine.</summary>
    [Fact]
    public void What_would_tell_less_for_want_of_memory_is_left_undone()
    {
        var (models, options) = Of("rank deficient");
        var work = new ComparisonShards(models, options with { Analysis = options.Analysis with { MaxMemory = 400_000 } });

        var undone = Assert.Single(Run(work, new ShardStore(folder.Path, work), 1).Unfinished);

        Assert.StartsWith("its smallest singular values want the accurate route: a 3000 x 20 matrix needs", undone.Reason, StringComparison.Ordinal);
    }

    /// <summary>Heads and architecture come from a configuration beside the weights; they say which rows are queries.</summary>
    [Theory]
    [InlineData("GPTNeoXForCausalLM", 4)]
    [InlineData("LlamaForCausalLM", 2)]
    public void Results_of_another_configuration_do_not_count(string architecture, int heads)
    {
        var options = ComparedModels.Options;
        Collected(new([Configured(1, "GPTNeoXForCausalLM", 2), Configured(2, "GPTNeoXForCausalLM", 2)], options));

        Assert.All(Found([Configured(1, "GPTNeoXForCausalLM", 2), Configured(2, "GPTNeoXForCausalLM", 2)], options), Assert.True);
        Assert.All(Found([Configured(1, architecture, heads), Configured(2, "GPTNeoXForCausalLM", 2)], options), Assert.False);
    }

    [Fact]
    public void Results_of_other_weights_options_or_another_order_do_not_count()
    {
        var (models, options) = Of("two");
        Collected(new(models, options));
        Assert.All(Found(models, options), Assert.True);
        Assert.All(Found(models, options with { Top = 3 }), Assert.False);
        Assert.All(Found([.. models.Reverse()], options), Assert.False);
        Assert.All(Found([models[0], models[1], Model(9)], options), Assert.False);

        // One matrix of the compared model is another one; what is between the others is still right.
        Assert.Equal([true, false, true], Found([Model(2, changed: "layers.0.mlp.up_proj.weight"), models[1]], options));
    }

    /// <summary>A result with the right checksum and key that cannot be read, as of a writer with a fault.</summary>
    [Theory]
    [InlineData("rows\":[", "rows\":[],\"other\":[")]
    [InlineData("pairs\":[", "pairs\":[],\"other\":[")]
    [InlineData("\"Kind\":", "\"Other\":")]
    [InlineData("\"Verdict\":{", "\"Other\":{")]
    [InlineData("\"status\":\"analyzed\"", "\"status\":\"other\"")]
    public void What_cannot_be_read_counts_as_missing(string text, string instead)
    {
        var (models, options) = Of("two");
        var work = new ComparisonShards(models, options);
        Collected(work);
        var (store, part) = (new ShardStore(folder.Path, work), work.Parts[0]);
        var result = Encoding.UTF8.GetString(store.Find(part)!.Value.Span).TrimEnd('\n');
        var spoiled = new Regex(Regex.Escape(text)).Replace(result, instead, 1);
        Assert.NotEqual(result, spoiled);

        store.Write(part, Encoding.UTF8.GetBytes(spoiled));

        Assert.NotNull(store.Find(part));
        Assert.False(store.Has(part));
        Assert.Throws<IOException>(() => work.Collect(store));
        Assert.Equal(1, Run(work, store, 1).Made);
        Assert.True(store.Has(part));
    }

    private ModelComparison Collected(ComparisonShards work)
    {
        var store = new ShardStore(folder.Path, work);
        Assert.Empty(Run(work, store, 3).Unfinished);
        return work.Collect(store);
    }

    private static ShardOutcome Run(ComparisonShards work, ShardStore store, int shards)
    {
        var outcomes = ShardPlan.Of(work.Parts, shards).Shards.Reverse().Select(shard => ShardRun.Run(work, shard, store, cancellation: TestContext.Current.CancellationToken)).ToList();
        return new(outcomes.Sum(outcome => outcome.Made), outcomes.Sum(outcome => outcome.Found), [.. outcomes.SelectMany(outcome => outcome.Unfinished)]);
    }

    private IEnumerable<bool> Found(Model[] models, ComparisonOptions options)
    {
        var work = new ComparisonShards(models, options);
        return work.Parts.Select(new ShardStore(folder.Path, work).Has);
    }

    private static (Model[] Models, ComparisonOptions Options) Of(string kind)
    {
        var options = ComparedModels.Options;
        return kind switch
        {
            "three" => ([Model(2), Model(3), Model(1)], options),
            "adapter" => ([Adapter(), Model(1)], options),
            "adapters" => ([Adapter(), Adapter(7)], options),
            "depth" => ([Blocks(4, 1), Blocks(8, 2)], options with { Matching = MatchingMode.Depth }),
            "broken" => ([Model(2, float.NaN), Model(1)], options),
            "filtered" => ([Model(2), Model(1)], options with { Analysis = options.Analysis with { Filter = new LayerFilter(["*mlp*"], [], []) } }),
            "first is reference" => ([Model(1), Model(2), Model(3)], options with { Reference = 0 }),
            "grouped" => ([Model(2), Model(1)], options with { GroupBy = GroupBy.Role }),
            "shuffled" => ([Model(2), Model(1)], options with { Analysis = options.Analysis with { Shuffles = 2 } }),
            "accurate" => ([Model(2), Model(1)], options with { Analysis = options.Analysis with { Accurate = true } }),
            "rank deficient" => ([MemoryTensor.Model(null, MemoryTensor.Counting("long", 3000, 20)), MemoryTensor.Model(null, ComparedModels.Matrix("long", 2, 3000, 20))], options),
            "top" => ([Model(2), Model(1)], options with { Top = 3 }),
            "bootstrap" => ([Model(2), Model(1)], options with { Analysis = options.Analysis with { BootstrapReplicates = 20 } }),
            _ => ([Model(2), Model(1)], options),
        };
    }

    /// <summary>An attention matrix that is moved a little by the seed, a feed-forward one that is drawn anew, one that no other seed has, and a norm.</summary>
    private static Model Model(int seed, float first = 0, string? changed = null)
    {
        var start = ComparedModels.Normals(50, Rows * Columns);
        float[] attention = [.. start.Zip(ComparedModels.Normals(seed, Rows * Columns), (x, d) => x + (0.1f * d))];
        attention[0] += first;
        return MemoryTensor.Model(
            null,
            MemoryTensor.F32("layers.0.self_attn.q_proj.weight", [Rows, Columns], attention),
            ComparedModels.Matrix("layers.0.mlp.up_proj.weight", changed is null ? seed : seed + 100, Rows, Columns),
            ComparedModels.Matrix($"only.{seed % 2}.weight", seed, 12, 9),
            MemoryTensor.F32("layers.0.norm.weight", [Columns], ComparedModels.Normals(seed, Columns)));
    }

    private static Model Adapter(int seed = 5) => MemoryTensor.Model(
        null,
        ComparedModels.Matrix("base_model.model.layers.0.self_attn.q_proj.lora_A.weight", seed, 4, Columns),
        ComparedModels.Matrix("base_model.model.layers.0.self_attn.q_proj.lora_B.weight", seed + 1, Rows, 4));

    private static Model Configured(int seed, string architecture, int heads) => MemoryTensor.Described(new ModelTraits(architecture, new(heads, heads)), ComparedModels.Matrix("layers.0.mlp.up_proj.weight", seed, 20, 16));

    private static Model Blocks(int count, int seed) => MemoryTensor.Model(null, [.. Enumerable.Range(0, count).Select(block => ComparedModels.Matrix($"layers.{block}.mlp.up_proj.weight", seed + (10 * block), 20, 16))]);
}
