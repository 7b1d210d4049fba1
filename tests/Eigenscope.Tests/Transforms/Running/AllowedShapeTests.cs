using Eigenscope.Cli.Recipes;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Tests.Models;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Running;

/// <summary>Models whose tensor has another shape than that of the base.</summary>
public sealed class AllowedShapeTests : IDisposable
{
    private const string Name = "layers.0.weight";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_stand_in_the_way()
    {
        using var merge = Plan("");
        Assert.Contains(merge.Overview.Problems, problem => problem.Contains(Name, StringComparison.Ordinal));
    }

    /// <summary>mergekit does so without a word: its case of the reference is the base.</summary>
    [Fact]
    public void They_are_left_out_where_a_recipe_allows_it()
    {
        using var merge = Plan("allow: [shape]\n");
        Assert.Empty(merge.Overview.Problems);
        merge.Run(spectra: null, _ => [], cancellation: TestContext.Current.CancellationToken);
        using var made = Model.Open(Path.Combine(folder.Path, "made"));
        var values = new double[made.Tensors[0].Count];
        made.Tensors[0].Read(0, values);
        Assert.Equal(MergeReference.Read("mergekit", "ta_shape_mismatch_skips.f32.npy").Values, values);
    }

    private ModelMerge Plan(string allowance)
    {
        var recipe = $"merge_method: task_arithmetic\nbase_model: {Write("embed_base")}\nmodels:\n- {{model: {Write("embed_ft1")}, parameters: {{weight: 0.5}}}}\n- {{model: {Write("embed_ft2")}, parameters: {{weight: 0.25}}}}\n{allowance}";
        return ModelMerge.Plan(YamlRecipe.Parse("recipe.yml", recipe), "recipe.yml", recipe, Path.Combine(folder.Path, "made"), new MergeOptions());
    }

    private string Write(string input)
    {
        var (path, elements) = (Path.Combine(folder.Path, $"{input}.safetensors"), MergeReference.Input(input));
        SafeTensorsWriter.Write(path, [WrittenTensor.Of(Name, elements.Shape, elements.Values, DType.F32)], cancellation: TestContext.Current.CancellationToken);
        return path;
    }
}
