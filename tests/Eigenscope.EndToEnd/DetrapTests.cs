using System.Text.Json;
using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>The command <c>detrap</c> as its users see it.</summary>
public sealed class DetrapTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A model without traps comes out with the same bytes.</summary>
    [Fact]
    public void A_model_without_traps_stays_as_it_is()
    {
        Assert.Equal(0, Tool.Run("detrap", Repository.TinyGpt, folder["out"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.TinyGpt, "model.safetensors")), File.ReadAllBytes(Path.Combine(folder["out"], "model.safetensors")));
    }

    [Fact]
    public void A_planted_trap_is_removed_and_put_back()
    {
        var planted = RandomWeights.Tensor("layer.weight", 3, 200, 120);
        planted.Values[777] = 60;
        var model = folder.Write("model.safetensors", SafeTensors.Of(planted));
        var document = JsonElement.Parse(Tool.Run("detrap", model, folder["out"], "--format", "json").Output);
        Assert.Equal(1, document.GetProperty("summary").GetProperty("elements").GetInt32());
        Assert.True(Traps(model) >= 1);
        Assert.Equal(0, Traps(folder["out"]));

        Assert.Equal(0, Tool.Run("detrap", folder["out"], folder["again"], "--undo").ExitCode);
        Assert.Equal(File.ReadAllBytes(model)[^(4 * 24_000)..], File.ReadAllBytes(Path.Combine(folder["again"], "model.safetensors"))[^(4 * 24_000)..]);
    }

    [Fact]
    public void Only_what_it_wrote_is_undone()
    {
        var result = Tool.Run("detrap", Repository.TinyGpt, folder["out"], "--undo");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("there is no removed.safetensors", Assert.Single(result.ErrorLines));
    }

    private static double Traps(string model) =>
        AnalysisDocument.Of(model, "--randomize", "5").Root.GetProperty("layers")[0].GetProperty("metrics").GetProperty("correlation_traps").GetDouble();
}
