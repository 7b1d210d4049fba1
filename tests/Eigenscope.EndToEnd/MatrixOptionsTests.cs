using Xunit;
using static Eigenscope.EndToEnd.AnalysisDocument;

namespace Eigenscope.EndToEnd;

/// <summary>--split and --conv choose what becomes a matrix.</summary>
public sealed class MatrixOptionsTests
{
    /// <summary>Four blocks, each with four heads of q, k, v and output; config.json says so.</summary>
    [Fact]
    public void HeadsAreRowsThatDoNotCountInTheSummary()
    {
        var plain = AnalysisDocument.Of(Repository.TinyGpt);
        var split = AnalysisDocument.Of(Repository.TinyGpt, "--split", "heads");

        Assert.Equal(plain.Layers.Count + (4 * 16), split.Layers.Count);
        Assert.Equal(4 * 16, split.Layers.Count(layer => Text(layer, "name")!.Contains(":head", StringComparison.Ordinal)));
        Assert.Equal(plain.Root.GetProperty("summary").GetRawText(), split.Root.GetProperty("summary").GetRawText());
        Assert.Equal("heads", Text(split.Root.GetProperty("settings"), "split"));
    }

    [Fact]
    public void AModelThatDoesNotSayHowManyHeadsItHasIsAskedFor()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Repository.TinyGpt, "model.safetensors"), folder["model.safetensors"]);

        var silent = AnalysisDocument.Of(folder["model.safetensors"], "--split", "heads");
        var told = AnalysisDocument.Of(folder["model.safetensors"], "--split", "heads", "--heads", "4");

        Assert.Contains(silent.Layers, layer => Text(layer, "reason") == "the number of heads is not known; --heads gives it");
        Assert.Contains(told.Layers, layer => Text(layer, "name") == "transformer.h.0.attn.c_attn.weight:k:head3" && Text(layer, "status") == "analyzed");
    }

    /// <summary>Each of the 81 frequencies of a 9 x 9 grid has 16 singular values, of a kernel 16 x 16 x 3 x 3; their squares sum to 81 times the squares of the weights.</summary>
    [Fact]
    public void AConvolutionIsAnOperatorByFourierTransform()
    {
        var model = Repository.Shared("models", "cifar-resnet");
        var flat = AnalysisDocument.Of(model, "--layers", "layer1.0.conv1.weight").Layers.Single(layer => Text(layer, "status") == "analyzed");
        var document = AnalysisDocument.Of(model, "--layers", "layer1.0.conv1.weight", "--conv", "fft", "--conv-grid", "9");
        var layer = document.Layers.Single(layer => Text(layer, "status") == "analyzed");

        Assert.Equal(("fft", 9), (Text(document.Root.GetProperty("settings"), "conv"), document.Root.GetProperty("settings").GetProperty("conv_grid").GetInt32()));
        Assert.Equal(81 * 16, layer.GetProperty("metrics").GetProperty("num_evals").GetInt32());
        Assert.Equal(81, layer.GetProperty("metrics").GetProperty("norm").GetDouble() / flat.GetProperty("metrics").GetProperty("norm").GetDouble(), 1e-12);
    }

    [Fact]
    public void APathMayBeginWithAnAtSign()
    {
        var result = Tool.Run("inspect", "@scope/model.json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("@scope/model.json", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
