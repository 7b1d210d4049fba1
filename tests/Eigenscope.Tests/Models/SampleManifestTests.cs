using System.Text.Json;
using Eigenscope.Models;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>Every sample file gets the verdict of the manifest beside it: read, refused, or either.</summary>
public sealed class SampleManifestTests
{
    private const int Samples = 56;

    [Fact]
    public void Every_sample_gets_its_verdict()
    {
        var folder = SharedFiles.Path("reference", "formats", "samples");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        var verdicts = manifest.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetProperty("expect").GetString()!, StringComparer.Ordinal);
        Assert.Equal(Samples, verdicts.Count);
        Assert.Equal([], verdicts.Select(item => Disagreement(Path.Combine(folder, item.Key), item.Value)).OfType<string>());
    }

    private static string? Disagreement(string path, string verdict)
    {
        var outcome = Outcome(path);
        return verdict.Split("-or-").Contains(outcome, StringComparer.Ordinal) ? null : $"{Path.GetFileName(path)}: {outcome}, where {verdict} is right";
    }

    private static string Outcome(string path)
    {
        try
        {
            using var model = Model.Open(path);
            foreach (var tensor in model.Tensors)
            {
                tensor.Bytes.ReadArray(tensor.Offset, tensor.Count == 0 ? 0 : 1);
            }

            return "ok";
        }
        catch (ModelFormatException)
        {
            return "reject";
        }
    }
}
