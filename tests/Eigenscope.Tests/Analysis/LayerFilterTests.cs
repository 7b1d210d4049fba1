using Eigenscope.Analysis;
using Xunit;

namespace Eigenscope.Tests.Analysis;

public sealed class LayerFilterTests
{
    private const string Tensor = "transformer.h.10.attn.c_attn.weight";

    /// <summary>Patterns, and whether they match the fused matrix and its part q.</summary>
    public static TheoryData<string, bool, bool> Patterns => new()
    {
        { "*", true, true },
        { Tensor, true, true },
        { Tensor + ":q", false, true },
        { Tensor + ":*", false, true },
        { "*:k", false, false },
        { "*attn*", true, true },
        { "*.h.1?.*", true, true },
        { "*.h.?.*", false, false },
        { "c_attn", false, false },
        { "transformer.*", true, true },
        { "*.weight", true, true },
        { "*ATTN*", false, false },
        { "", false, false },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Patterns_match_the_whole_path_of_tensor_or_layer(string pattern, bool whole, bool part)
    {
        Assert.Equal(whole ? null : "not chosen by --layers", Reason(LayerFilter.All with { Include = [pattern] }, Tensor));
        Assert.Equal(part ? null : "not chosen by --layers", Reason(LayerFilter.All with { Include = ["none", pattern] }, Tensor + ":q"));
        Assert.Equal(whole ? "left out by --exclude" : null, Reason(LayerFilter.All with { Exclude = [pattern] }, Tensor));
    }

    [Theory]
    [InlineData("attention_qkv", true, false)]
    [InlineData("Attention_Query", false, true)]
    [InlineData("attention", true, true)]
    [InlineData("mlp", false, false)]
    [InlineData("nonsense", false, false)]
    public void Roles_and_groups(string role, bool whole, bool part)
    {
        var filter = LayerFilter.All with { Roles = ["router", role] };
        Assert.Equal(whole ? null : "not chosen by --role", Reason(filter, Tensor));
        Assert.Equal(part ? null : "not chosen by --role", Reason(filter, Tensor + ":q"));
    }

    [Fact]
    public void Lets_all_pass_without_a_word() => Assert.Null(Reason(LayerFilter.All, Tensor));

    [Fact]
    public void Only_one_layer_by_its_full_name()
    {
        var filter = LayerFilter.All with { Only = Tensor + ":q" };
        Assert.Null(Reason(filter, Tensor + ":q"));
        Assert.Equal("not the layer asked for", Reason(filter, Tensor));
    }

    [Fact]
    public void The_first_reason_is_given()
    {
        Assert.Equal("not chosen by --layers", Reason(new LayerFilter(["x"], ["*"], ["mlp"]), Tensor));
        Assert.Equal("left out by --exclude", Reason(new LayerFilter(["*"], ["*"], ["mlp"]), Tensor));
        Assert.Equal("not chosen by --role", Reason(new LayerFilter(["*"], ["x"], ["mlp"]), Tensor));
    }

    private static string? Reason(LayerFilter filter, string name) => filter.Reason(Layers.Row(Layers.Normal(Tensor, 4, 12), "gpt2", name));
}
