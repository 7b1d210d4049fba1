using Eigenscope.Comparison;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Comparison;

public sealed class LayerMatcherTests
{
    [Fact]
    public void Equal_names_are_counterparts() => Require(
        ["a.weight", "b.weight", "c.weight"], ["c.weight", "a.weight"],
        ("c.weight", "c.weight", MatchedBy.Name), ("a.weight", "a.weight", MatchedBy.Name));

    [Fact]
    public void What_wraps_a_model_does_not_count() => Require(
        ["module.model.encoder.fc1.weight", "_orig_mod.head.weight"], ["encoder.fc1.weight", "model.head.weight"],
        ("module.model.encoder.fc1.weight", "encoder.fc1.weight", MatchedBy.Path), ("_orig_mod.head.weight", "model.head.weight", MatchedBy.Path));

    [Fact]
    public void Names_of_GGUF_are_told_by_role_and_block() => Require(
        ["blk.0.attn_q.weight", "blk.0.ffn_up.weight", "blk.1.attn_q.weight"],
        ["model.layers.0.self_attn.q_proj.weight", "model.layers.1.self_attn.q_proj.weight", "model.layers.0.mlp.up_proj.weight"],
        ("blk.0.attn_q.weight", "model.layers.0.self_attn.q_proj.weight", MatchedBy.Role),
        ("blk.1.attn_q.weight", "model.layers.1.self_attn.q_proj.weight", MatchedBy.Role),
        ("blk.0.ffn_up.weight", "model.layers.0.mlp.up_proj.weight", MatchedBy.Role));

    [Fact]
    public void Experts_are_told_apart_by_their_number() => Require(
        ["model.layers.2.mlp.experts.0.up_proj.weight", "model.layers.2.mlp.experts.1.up_proj.weight"],
        ["layers.2.block_sparse_moe.experts.1.w3.weight", "layers.2.block_sparse_moe.experts.0.w3.weight"],
        ("model.layers.2.mlp.experts.1.up_proj.weight", "layers.2.block_sparse_moe.experts.1.w3.weight", MatchedBy.Role),
        ("model.layers.2.mlp.experts.0.up_proj.weight", "layers.2.block_sparse_moe.experts.0.w3.weight", MatchedBy.Role));

    [Fact]
    public void Encoder_and_decoder_are_told_apart() => Require(
        ["encoder.layers.0.self_attn.q_proj.weight", "decoder.layers.0.self_attn.q_proj.weight", "decoder.layers.0.encoder_attn.q_proj.weight"],
        ["model.decoder.block.0.cross_attn.q_proj.weight", "model.encoder.block.0.attention.q_proj.weight"],
        ("encoder.layers.0.self_attn.q_proj.weight", "model.encoder.block.0.attention.q_proj.weight", MatchedBy.Role));

    [Fact]
    public void A_role_that_is_found_twice_tells_nothing_but_the_order_may()
    {
        var matches = LayerMatcher.Of(ComparedModels.Rows("first.weight", "second.weight"), ComparedModels.Rows("one.weight", "two.weight"));
        Assert.Equal([("first.weight", "one.weight"), ("second.weight", "two.weight")], matches.Select(match => (match.A.Name, match.B.Name)));
        Assert.All(matches, match => Assert.Equal(MatchedBy.Order, match.By));
    }

    /// <summary>One side holds two variants of the same network: what is matched stays together.</summary>
    [Fact]
    public void Order_prefers_the_variant_that_fits_as_a_whole()
    {
        var a = WeightTable.Of(MemoryTensor.Model(null, ComparedModels.Matrix("in.weight", 1, 9, 5), ComparedModels.Matrix("mid.weight", 2, 7, 9), ComparedModels.Matrix("out.weight", 3, 4, 7)));
        var b = WeightTable.Of(MemoryTensor.Model(
            null,
            ComparedModels.Matrix("x.in.weight", 1, 9, 5), ComparedModels.Matrix("x.mid.weight", 2, 7, 9), ComparedModels.Matrix("x.out.weight", 3, 4, 7),
            ComparedModels.Matrix("y.in.weight", 4, 9, 3), ComparedModels.Matrix("y.mid.weight", 5, 7, 9), ComparedModels.Matrix("y.out.weight", 6, 4, 7)));
        Assert.Equal(["x.in.weight", "x.mid.weight", "x.out.weight"], LayerMatcher.Of(a, b).Select(match => match.B.Name));
        Assert.Equal(["x.in.weight", "x.mid.weight", "x.out.weight"], LayerMatcher.Of(b, a).Select(match => match.A.Name));
    }

    [Theory]
    [InlineData("abc", "abc", "00 11 22")]
    [InlineData("abc", "xbz", "11")]
    [InlineData("abab", "ab", "00 11")]
    [InlineData("xaby", "ab", "10 21")]
    [InlineData("", "ab", "")]
    public void Sequences_are_aligned_without_crossing(string a, string b, string expected) =>
        Assert.Equal(expected, string.Join(' ', OrderedAlignment.Of([.. a.Select(c => c.ToString())], [.. b.Select(c => c.ToString())]).Select(pair => $"{pair.A}{pair.B}")));

    [Fact]
    public void Blocks_of_different_depth_are_paired_by_where_they_lie()
    {
        string[] few = [.. Enumerable.Range(0, 2).Select(i => $"h.{i}.attn.q_proj.weight")], many = [.. Enumerable.Range(0, 6).Select(i => $"h.{i}.attn.q_proj.weight")];
        var matches = LayerMatcher.ByDepth(ComparedModels.Rows(few), ComparedModels.Rows(many));
        Assert.Equal([("h.0.attn.q_proj.weight", "h.1.attn.q_proj.weight"), ("h.1.attn.q_proj.weight", "h.4.attn.q_proj.weight")], matches.Select(match => (match.A.Name, match.B.Name)));
        Assert.All(matches, match => Assert.Equal(MatchedBy.Depth, match.By));
        Assert.Equal(matches.Select(match => (match.A.Name, match.B.Name)), LayerMatcher.ByDepth(ComparedModels.Rows(many), ComparedModels.Rows(few)).Select(match => (match.B.Name, match.A.Name)));
    }

    [Fact]
    public void No_layer_has_two_counterparts()
    {
        string[] names = ["a.fc1.weight", "model.a.fc1.weight", "b.weight", "layers.0.mlp.up_proj.weight", "blk.0.ffn_up.weight"];
        var matches = LayerMatcher.Of(ComparedModels.Rows(names), ComparedModels.Rows([.. names.Reverse(), "module.b.weight"]));
        Assert.Equal(matches.Count, matches.Select(match => match.A.Id).Distinct().Count());
        Assert.Equal(matches.Count, matches.Select(match => match.B.Id).Distinct().Count());
        Assert.All(matches, match => Assert.Equal(match.A.Name, match.B.Name));
    }

    private static void Require(string[] a, string[] b, params (string A, string B, MatchedBy By)[] expected) =>
        Assert.Equal(expected, LayerMatcher.Of(ComparedModels.Rows(a), ComparedModels.Rows(b)).Select(match => (match.A.Name, match.B.Name, match.By)));
}
