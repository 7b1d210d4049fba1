using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Cli.Recipes;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Running;

/// <summary>Effective ranks of changes, which methods that work element by element do not compute: those of the reference.</summary>
public sealed class ChangeRanksTests : IDisposable
{
    private const string Name = "layers.0.weight";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_are_told_of_every_model()
    {
        var tensor = Merged(new AnalysisOptions());
        var report = JsonElement.Parse(File.ReadAllText(SharedFiles.Path("reference", "merging", "spectral_cases.json"))).GetProperty("cases").GetProperty("spectral_aware_default").GetProperty("report");
        double[] expected = [.. report.GetProperty("erank").EnumerateArray().Select(rank => rank.GetDouble())];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], tensor.Inputs[i].Values["effective_rank"]!.Value, 1e-8);
        }

        Assert.Equal(report.GetProperty("log_rank_dispersion").GetDouble(), tensor.Values["dispersion"]!.Value, 1e-8);
    }

    [Fact]
    public void Without_spectra_there_are_none() => Assert.All(Merged(null).Inputs, input => Assert.False(input.Values.ContainsKey("effective_rank")));

    private MergedTensor Merged(AnalysisOptions? spectra)
    {
        var models = string.Concat(Enumerable.Range(1, 3).Select(i => $"- {{model: {Write($"ft{i}")}, parameters: {{weight: 0.3}}}}\n"));
        var recipe = $"merge_method: task_arithmetic\nbase_model: {Write("base")}\nmodels:\n{models}";
        using var merge = ModelMerge.Plan(YamlRecipe.Parse("recipe.yml", recipe), "recipe.yml", recipe, Path.Combine(folder.Path, "made"), new MergeOptions());
        Assert.Empty(merge.Overview.Problems);
        return merge.Run(spectra, _ => [], cancellation: TestContext.Current.CancellationToken).Tensors[0];
    }

    private string Write(string input)
    {
        var (path, elements) = (Path.Combine(folder.Path, $"{input}.safetensors"), MergeReference.Input(input));
        SafeTensorsWriter.Write(path, [WrittenTensor.Of(Name, elements.Shape, elements.Values, DType.F32)], cancellation: TestContext.Current.CancellationToken);
        return path;
    }
}
