using System.Text.Json;
using Eigenscope.Cli.Recipes;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Recipes;

public sealed class SettingTests
{
    [Theory]
    [InlineData("0.25", "x", 0.7, 0.25)]
    [InlineData("[3]", "x", 0.7, 3.0)]
    [InlineData("[0, 1]", "x", 0.25, 0.25)]
    [InlineData("[0, 1, 5]", "x", 0.75, 3.0)]
    [InlineData("[0, 1, 5]", "x", 1.0, 5.0)]
    [InlineData("[true, 3]", "x", 0.5, 2.0)]
    [InlineData("[{filter: attn, value: 1}, {filter: q, value: 2}, {value: 3}]", "attn.q", 0.0, 1.0)]
    [InlineData("[{filter: attn, value: 1}, {filter: q, value: 2}, {value: 3}]", "mlp.q", 0.0, 2.0)]
    [InlineData("[{filter: attn, value: 1}, {filter: q, value: 2}, {value: 3}]", "mlp", 0.0, 3.0)]
    [InlineData("[{filter: '*', value: 1}, {filter: mlp, value: 2}]", "mlp", 0.0, 1.0)]
    [InlineData("[{filter: mlp, value: [0, 2]}]", "mlp", 0.5, 1.0)]
    [InlineData("[{filter: mlp, value: 1}]", "attn", 0.5, null)]
    [InlineData("[{filter: Mlp, value: 1}]", "mlp", 0.5, null)]
    [InlineData("[a, b, c]", "x", 0.49, "a")]
    [InlineData("[a, b, c]", "x", 0.5, "b")]
    [InlineData("[a, b, c]", "x", 1.0, "c")]
    [InlineData("[a, 1]", "x", 1.0, 1.0)]
    public void A_value_is_that_of_the_first_filter_at_the_depth(string setting, string tensor, double depth, object? expected) => Assert.Equal(expected, Read(setting).At(tensor, depth));

    /// <summary>A gradient through its own points is exact at the points, and between them lies between.</summary>
    [Fact]
    public void A_gradient_goes_through_its_points()
    {
        double[] points = [0.1, 0.7, 0.3, 0.9, 0.2];
        var gradient = new GradientSetting([.. points.Select(point => (object)point)]);
        for (var i = 0; i < points.Length; i++)
        {
            Assert.Equal(points[i], gradient.At("x", i / 4.0));
            if (i > 0)
            {
                Assert.InRange((double)gradient.At("x", (i - 0.3) / 4)!, Math.Min(points[i - 1], points[i]), Math.Max(points[i - 1], points[i]));
            }
        }
    }

    [Fact]
    public void The_nearest_level_that_says_anything_of_a_tensor_holds()
    {
        Settings Level(string setting) => new(new Dictionary<string, Setting>(StringComparer.Ordinal) { ["weight"] = Read(setting) });
        Settings[] levels = [Level("[{filter: attn, value: 1}]"), Level("[{filter: mlp, value: 2}]"), Level("3"), Level("4")];
        var weight = NamedMethod.Table[0].Parameters;
        double At(string tensor) => (double)Settings.At(weight, levels, tensor, 0)["weight"];
        Assert.Equal((1.0, 2.0, 3.0), (At("attn"), At("mlp"), At("norm")));
        Assert.DoesNotContain("normalize", Settings.At(weight, levels, "attn", 0).Keys);
        Assert.Empty(Settings.At(weight, levels[..1], "mlp", 0));
    }

    [Fact]
    public void Values_are_those_of_mergekit()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "merging", "mergekit_cases.json")));
        var cases = json.RootElement.GetProperty("evaluate_setting").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var row in cases)
        {
            var value = Read(row.GetProperty("setting").GetRawText()).At(row.GetProperty("tensor").GetString()!, row.GetProperty("t").GetDouble());
            var expected = row.GetProperty("value");
            Assert.Equal(expected.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => expected.GetString(), _ => expected.GetDouble() }, value);
        }
    }

    private static Setting Read(string text)
    {
        var problems = new RecipeProblems("recipe.yml");
        var settings = new SettingReader(null, new NodeReader(problems), problems, []).Of(YamlRecipe.Parse("recipe.yml", $"{{parameter: {text}}}"));
        Assert.Empty(problems.Lines);
        return settings.ByName["parameter"];
    }
}
