using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Recipes;

public sealed class ModelPathsTests
{
    [Theory]
    [InlineData("models/base", "models/base", null)]
    [InlineData("C:/x+y/z@1", "C:/x+y/z@1", null)]
    [InlineData("models/base+lora", "models/base", "recipes/lora")]
    [InlineData("org/name", "hf://org/name", null)]
    [InlineData("org/name@v1.0", "hf://org/name@v1.0", null)]
    [InlineData("org/name@v1+org/lora@main", "hf://org/name@v1", "hf://org/lora@main")]
    [InlineData("models/base+org/lora", "models/base", "hf://org/lora")]
    [InlineData("hf://org/name@v1+lora", "hf://org/name@v1", "recipes/lora")]
    [InlineData("https://host/a+b.safetensors", "https://host/a+b.safetensors", null)]
    [InlineData("./absent", "./absent", null)]
    [InlineData("absent", "absent", null)]
    [InlineData("lora", "recipes/lora", null)]
    public void A_path_that_is_there_is_whole_and_anything_else_is_cut(string text, string path, string? adapter)
    {
        var found = Paths.Of(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(new ModelReference(path, adapter), found is null ? null : found with { Path = Plain(found.Path)!, Adapter = Plain(found.Adapter) });
    }

    [Theory]
    [InlineData("")]
    [InlineData("+lora")]
    [InlineData("a+b+c")]
    [InlineData("models/base@v1")]
    [InlineData("absent@v1")]
    public void What_names_no_model_is_a_problem(string text)
    {
        Assert.Null(Paths.Of(text, out var problem));
        Assert.NotNull(problem);
    }

    private static ModelPaths Paths => new("recipes", path => Plain(path) is "models/base" or "C:/x+y/z@1" or "recipes/lora");

    private static string? Plain(string? path) => path?.Replace('\\', '/');
}
