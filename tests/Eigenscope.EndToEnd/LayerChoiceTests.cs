using Xunit;
using static Eigenscope.EndToEnd.AnalysisDocument;

namespace Eigenscope.EndToEnd;

/// <summary>--layers, --exclude and --role choose what is analysed; the rest keeps its row.</summary>
public sealed class LayerChoiceTests
{
    /// <summary>Options, how many layers they leave, parts included, and the reason of a weight matrix that they leave out.</summary>
    public static TheoryData<string, int, string> Choices { get; } = new()
    {
        { "--layers *.h.0.*", 7, "--layers" },
        { "--layers *.c_fc.weight --layers *.wpe.weight", 5, "--layers" },
        { "--layers transformer.h.?.attn.c_attn.weight", 16, "--layers" },
        { "--layers *:q", 4, "--layers" },
        { "--exclude *.attn.*", 10, "--exclude" },
        { "--layers *.h.1.* --exclude *.mlp.*", 5, "--layers" },
        { "--role mlp", 8, "--role" },
        { "--role attention", 20, "--role" },
        { "--role embeddings", 2, "--role" },
        { "--role attention_output --role mlp_up", 8, "--role" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void ChoosesAndSaysWhyNot(string options, int analyzed, string reason)
    {
        var layers = AnalysisDocument.Of(Repository.TinyGpt, options.Split(' ')).Layers;
        var skipped = layers.Where(layer => Text(layer, "status") == "skipped").ToList();

        Assert.Equal(analyzed, layers.Count(layer => Text(layer, "status") == "analyzed"));
        Assert.Equal(64, layers.Count);
        Assert.All(skipped, layer => Assert.NotEmpty(Text(layer, "reason")!));
        Assert.Contains(skipped, layer => Text(layer, "reason")!.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void LayerAnalysesTheOneThatItIsAskedFor()
    {
        var result = Parse(Tool.Run("layer", Repository.TinyGpt, "*.h.2.mlp.c_fc.weight", "--esd", "--format", "json").Output);

        var layer = Assert.Single(result.Layers);
        Assert.Equal(("transformer.h.2.mlp.c_fc.weight", "analyzed"), (Text(layer, "name"), Text(layer, "status")));
        Assert.Equal(256, layer.GetProperty("eigenvalues").GetArrayLength());
    }

    [Fact]
    public void LayerSaysWhyATensorHasNoSpectrum()
    {
        var result = Tool.Run("layer", Repository.TinyGpt, "transformer.h.0.ln_1.weight");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("a normalisation weight", result.Output);
    }
}
