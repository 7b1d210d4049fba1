using Eigenscope.Analysis;
using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Comparison;

public sealed class ModelComparisonTests
{
    private const int Side = 24;

    [Fact]
    public void A_model_beside_itself_is_identical()
    {
        var comparison = ComparedModels.Compare(Small(1, 2), Small(1, 2));
        Assert.Equal(ChangeKind.Identical, Assert.Single(comparison.Summaries).Verdict.Kind);
        Assert.All(comparison.Layers, layer =>
        {
            var pair = Assert.Single(layer.Pairs);
            Assert.Equal((1.0, 0.0, null), (pair.Weights!.Cosine, pair.Weights.RelativeNorm, pair.Change));
            Assert.Equal((0, 1), (pair.Subspaces!.Left.Intruders, Math.Round(pair.Subspaces.KernelAlignment!.Value, 12)));
            Assert.Equal((0, 0, 0), (pair.Distances!.Logarithmic, pair.Distances.Wasserstein, pair.Distances.KolmogorovSmirnov));
        });
        Assert.All(comparison.Summaries[0].Metrics, metric => Assert.Null(metric.Test));
    }

    /// <summary>One more layer in one model, in the middle of its names, changes nothing in what is said of the others.</summary>
    [Fact]
    public void An_extra_layer_changes_nothing_for_the_others()
    {
        var plain = Rows(ComparedModels.Compare(Small(1, 2), Small(3, 2)));
        foreach (var name in (string[])["layers.1.mlp.extra.weight", "layers.7.mlp.up_proj.weight", "a.weight", "z.weight"])
        {
            var comparison = ComparedModels.Compare(With(Small(1, 2), ComparedModels.Matrix(name, 9, Side, Side)), Small(3, 2));
            Assert.Equal(plain, Rows(comparison));
            Assert.Equal((0, name), (Assert.Single(comparison.Unmatched).Model, comparison.Unmatched[0].Layer.Name));
        }
    }

    [Fact]
    public void Each_layer_is_analysed_as_analyze_does()
    {
        Model a = Small(1, 2), b = Small(3, 2);
        var comparison = ComparedModels.Compare(a, b);
        foreach (var (model, position) in new[] { (a, 0), (b, 1) })
        {
            var expected = ModelAnalysis.Of(model, ComparedModels.Options.Analysis, cancellation: TestContext.Current.CancellationToken);
            Assert.All(comparison.Layers, layer => Assert.Equal(expected.Layers.Single(row => row.Layer.Name == layer.Name).Metrics, layer.Models[position]!.Metrics));
        }
    }

    [Fact]
    public void Nothing_depends_on_the_number_of_threads()
    {
        var one = ComparisonJson.Of(ComparedModels.Compare(With(ComparedModels.Options, 1), Small(1, 3), Small(2, 3), Small(3, 3)));
        var three = ComparisonJson.Of(ComparedModels.Compare(With(ComparedModels.Options, 3), Small(1, 3), Small(2, 3), Small(3, 3)));
        Assert.Equal(one, three);
    }

    [Fact]
    public void A_broken_layer_is_said_and_the_others_are_compared()
    {
        var values = ComparedModels.Normals(5, Side * Side);
        values[30] = float.NaN;
        var comparison = ComparedModels.Compare(MemoryTensor.Model(null, MemoryTensor.F32("a.weight", [Side, Side], values), ComparedModels.Matrix("b.weight", 2, Side, Side)), MemoryTensor.Model(null, ComparedModels.Matrix("a.weight", 1, Side, Side), ComparedModels.Matrix("b.weight", 3, Side, Side)));
        Assert.True(comparison.HasFailures);
        Assert.Equal((ChangeKind.NotComparable, "a.weight: the weight at [1, 6] is NaN"), (comparison.Pair("a.weight").Verdict.Kind, comparison.Pair("a.weight").Verdict.Reason));
        Assert.Equal(ChangeKind.Unrelated, comparison.Pair("b.weight").Verdict.Kind);
    }

    [Fact]
    public void A_change_of_low_rank_is_measured()
    {
        var b = ComparedModels.Normals(1, 64 * 48);
        var u = ComparedModels.Normals(2, 3 * 64);
        var v = ComparedModels.Normals(3, 3 * 48);
        float[] a = [.. b.Select((x, k) => x + (float)Enumerable.Range(0, 3).Sum(r => 0.1 * u[(r * 64) + (k / 48)] * v[(r * 48) + (k % 48)]))];
        var pair = ComparedModels.Compare(MemoryTensor.Model(null, MemoryTensor.F32("fc1.weight", [64, 48], a)), MemoryTensor.Model(null, MemoryTensor.F32("fc1.weight", [64, 48], b))).Pair("fc1.weight");
        Assert.Equal((ChangeKind.AdapterLike, 3, 3), (pair.Verdict.Kind, pair.Rank!.Energy99, pair.Rank.Suggested));
        Assert.Equal(Math.Sqrt(a.Zip(b, (x, y) => Math.Pow((double)x - y, 2)).Sum()), Math.Sqrt(pair.Change!["norm"]!.Value), 1e-9);
    }

    /// <summary>An adapter stands for its base with the adapter on it, wherever it stands; the change is the product of its factors.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_adapter_is_compared_with_its_base(bool adapterFirst)
    {
        const int Rank = 4, Outputs = 32, Inputs = 40;
        float[] down = ComparedModels.Normals(2, Rank * Inputs), up = [.. ComparedModels.Normals(3, Outputs * Rank).Select(x => 0.1f * x)];
        var bases = ComparedModels.Normals(1, Outputs * Inputs);
        Model model() => MemoryTensor.Model(null, MemoryTensor.F32("model.layers.0.self_attn.q_proj.weight", [Outputs, Inputs], bases), ComparedModels.Matrix("model.layers.0.mlp.up_proj.weight", 8, 32, 40));
        var adapter = MemoryTensor.Model(
            null,
            MemoryTensor.F32("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", [Rank, Inputs], down),
            MemoryTensor.F32("base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight", [Outputs, Rank], up));
        var comparison = adapterFirst ? ComparedModels.Compare(adapter, model()) : ComparedModels.Compare(model(), adapter);
        Assert.Equal((adapterFirst ? 1 : 0, adapterFirst ? 0 : 1), (comparison.Reference, Assert.Single(comparison.Adapters)));
        var layer = Assert.Single(comparison.Layers);
        var pair = Assert.Single(layer.Pairs);
        Assert.Equal(ChangeKind.AdapterLike, pair.Verdict.Kind);
        Assert.Equal((Rank, Rank), (pair.Rank!.Given, pair.Rank.Energy99));
        var product = Enumerable.Range(0, Outputs * Inputs).Select(k => Enumerable.Range(0, Rank).Sum(r => (double)up[(k / Inputs * Rank) + r] * down[(r * Inputs) + (k % Inputs)])).ToList();
        Assert.Equal(Math.Sqrt(product.Sum(x => x * x) / bases.Sum(x => (double)x * x)), pair.Weights!.RelativeNorm!.Value, 1e-9);
        double[] merged = [.. bases.Zip(product, (x, y) => x + y)];
        Assert.Equal(merged.Sum(x => x * x), layer.Models[comparison.Adapters[0]]!["norm"]!.Value, 1e-6);
        Assert.Equal("model.layers.0.mlp.up_proj.weight", Assert.Single(comparison.Unmatched).Layer.Name);
    }

    [Fact]
    public void Changes_that_go_the_same_way_merge_and_opposed_ones_undo_each_other()
    {
        float[] w0 = ComparedModels.Normals(1, 32 * 32), d = [.. ComparedModels.Normals(2, 32 * 32).Select(x => 0.1f * x)], other = [.. ComparedModels.Normals(3, 32 * 32).Select(x => 0.1f * x)];
        var alike = Merge(w0, d, [.. d.Select((x, k) => x + (0.02f * other[k]))]);
        var opposed = Merge(w0, d, [.. d.Select(x => -x)]);
        var apart = Merge(w0, d, other);
        Assert.InRange(alike.Cosine, 0.99, 1);
        Assert.InRange(alike.SignConflict, 0, 0.1);
        Assert.Contains("an average keeps", alike.Advice);
        Assert.Equal(-1, opposed.Cosine, 1e-3);
        Assert.Contains("oppose", opposed.Advice);
        Assert.InRange(apart.Cosine, -0.1, 0.1);
        Assert.InRange(apart.SignConflict, 0.45, 0.55);
    }

    [Fact]
    public void Different_depth_is_compared_by_relative_depth_where_names_agree_by_chance()
    {
        var comparison = ComparedModels.Compare(Blocks(4, 1), Blocks(8, 2));
        Assert.Equal([0], comparison.ByDepth);
        Assert.Equal(["layers.0.mlp.up_proj.weight", "layers.1.mlp.up_proj.weight", "layers.2.mlp.up_proj.weight", "layers.3.mlp.up_proj.weight"], comparison.Layers.Select(layer => layer.Name));
        Assert.All(comparison.Layers, layer => Assert.Equal(MatchedBy.Depth, layer.Pairs[0].MatchedBy));
        Assert.Equal(4, comparison.Unmatched.Count);
        Assert.Equal(8, comparison.Groups.Curves.Single(curve => curve is { Model: 1, Part: "mlp", Metric: "stable_rank" }).Points.Count);
        Assert.Empty(ComparedModels.Compare(ComparedModels.Options with { Matching = MatchingMode.Name }, Blocks(4, 1), Blocks(8, 2)).ByDepth);
        Assert.Empty(ComparedModels.Compare(Blocks(4, 1), Blocks(8, 1)).ByDepth);
    }

    [Fact]
    public void The_filter_holds_for_either_name()
    {
        var options = ComparedModels.Options with { Analysis = ComparedModels.Options.Analysis with { Filter = new LayerFilter(["blk.0.*"], [], []) } };
        var gguf = MemoryTensor.Model(null, ComparedModels.Matrix("blk.0.ffn_up.weight", 1, 12, 10), ComparedModels.Matrix("blk.1.ffn_up.weight", 2, 12, 10));
        Assert.Equal("layers.0.mlp.up_proj.weight", Assert.Single(ComparedModels.Compare(options, Blocks(2, 1), gguf).Layers).Name);
    }

    /// <summary>Depth is that in the whole model, also where few of its layers were chosen.</summary>
    [Fact]
    public void The_only_block_that_was_chosen_is_still_the_last()
    {
        var options = ComparedModels.Options with { Analysis = ComparedModels.Options.Analysis with { Filter = new LayerFilter(["layers.5.*"], [], []) } };
        Assert.Equal("late", Assert.Single(ComparedModels.Compare(options, Blocks(6, 1), Blocks(6, 2)).Groups.Groups, group => group.By == "depth").Name);
    }

    private static MergeSummary Merge(float[] w0, float[] first, float[] second) => ComparedModels.Compare(
        Model([.. w0.Zip(first, (x, y) => x + y)]), Model([.. w0.Zip(second, (x, y) => x + y)]), Model(w0)).Merge!;

    private static Model Model(float[] values) => MemoryTensor.Model(null, MemoryTensor.F32("fc1.weight", [32, 32], values));

    private static Model Small(int seed, int layers) => MemoryTensor.Model(null, [.. Enumerable.Range(0, layers).Select(i => ComparedModels.Matrix($"layers.{i}.mlp.up_proj.weight", (seed * 10) + i, Side, Side + 8))]);

    private static Model Blocks(int count, int seed) => MemoryTensor.Model(null, [.. Enumerable.Range(0, count).Select(i => ComparedModels.Matrix($"layers.{i}.mlp.up_proj.weight", (seed * 100) + i, 12, 10))]);

    private static Model With(Model model, Eigenscope.Models.Tensor tensor) => MemoryTensor.Model(null, [.. model.Tensors, tensor]);

    private static ComparisonOptions With(ComparisonOptions options, int threads) => options with { Analysis = options.Analysis with { Threads = threads } };

    /// <summary>Everything that is said of each layer.</summary>
    private static List<string> Rows(ModelComparison comparison) => [.. comparison.Layers.Select(layer => $"{layer.Name} {layer.Pairs[0].MatchedBy} {layer.Pairs[0].Weights} {layer.Pairs[0].Verdict} {layer.Pairs[0].Distances} {layer.Pairs[0].Rank} {string.Join(' ', layer.Pairs[0].Change!.Metrics)} {layer.Pairs[0].Subspaces!.Left.ShareOfChange} {layer.Pairs[0].Subspaces!.KernelAlignment}")];
}
