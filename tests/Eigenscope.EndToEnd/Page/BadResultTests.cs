using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>What is no result: exit code 2, one line that names the file and what is wrong, no page.</summary>
public sealed class BadResultTests(BadResultTests.GoodResult good) : IClassFixture<BadResultTests.GoodResult>
{
    private static readonly Dictionary<string, (Func<JsonObject, string> Spoiled, string Says)> Bad = new()
    {
        ["no JSON"] = (_ => "alpha,D\n1,2\n", "no JSON: line 1, byte 1"),
        ["nothing"] = (_ => "", "no JSON"),
        ["truncated"] = (root => root.ToJsonString()[..500], "no JSON"),
        ["two documents"] = (root => root.ToJsonString() + root.ToJsonString(), "no JSON"),
        ["nested without end"] = (_ => new string('[', 100_000), "no JSON"),
        ["a string"] = (_ => "\"eigenscope/analysis/1\"", "JSON without a schema"),
        ["without a schema"] = (root => Without(root, "schema"), "JSON without a schema"),
        ["a schema that is a number"] = (root => With(root, "schema", 1), "JSON without a schema"),
        ["another schema"] = (root => With(root, "schema", "eigenscope/analysis/2"), "the schema is 'eigenscope/analysis/2'; 'eigenscope/analysis/1' is wanted"),
        ["an empty list"] = (_ => "[]", "an empty list"),
        ["a list of numbers"] = (_ => "[1, 2]", "document 1: JSON without a schema"),
        ["a list with one bad document"] = (root => $"[{root.ToJsonString()}, {{}}]", "document 2: JSON without a schema"),
        ["without layers"] = (root => Without(root, "layers"), "'layers' is missing"),
        ["layers that are an object"] = (root => With(root, "layers", new JsonObject()), "'layers' is no array"),
        ["a layer that is a number"] = (root => With(root, "layers", new JsonArray(1)), "layer 0: no object"),
        ["a layer without a name"] = (root => Layer(root, row => row.Remove("name")), "layer 0: 'name' is missing"),
        ["metrics that are null"] = (root => Layer(root, row => row["metrics"] = null), "layer 0: 'metrics' is no object"),
        ["without a model"] = (root => Without(root, "model"), "'model' is missing"),
        ["a model without a path"] = (root => With(root, "model", new JsonObject()), "model: 'path' is missing"),
        ["without settings"] = (root => Without(root, "settings"), "'settings' is missing"),
        ["without a summary"] = (root => Without(root, "summary"), "'summary' is missing"),
        ["eigenvalues in no order"] = (root => Eigenvalues(root, "[3, 1, 2]"), "eigenvalues[1] is 1; numbers from 0 in ascending order are wanted"),
        ["negative eigenvalues"] = (root => Eigenvalues(root, "[-1, 2]"), "eigenvalues[0] is -1"),
        ["eigenvalues as strings"] = (root => Eigenvalues(root, "[\"1\", \"2\"]"), "eigenvalues[0] is \"1\""),
        ["eigenvalues beyond all numbers"] = (root => Eigenvalues(root, "[1, 1e999]"), "eigenvalues[1] is 1e999"),
        ["eigenvalues that are null"] = (root => Eigenvalues(root, "null"), "'eigenvalues' is no list of numbers"),
        ["no eigenvalues in their list"] = (root => Eigenvalues(root, "[]"), "'eigenvalues' is no list of numbers"),
    };

    public static TheoryData<string> Names => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsOneLineThatNamesTheFile(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.json", Encoding.UTF8.GetBytes(Bad[name].Spoiled(good.Copy())));

        RequireRefused(path, Bad[name].Says, folder);
    }

    [Fact]
    public void AFolder()
    {
        using var folder = new TemporaryFolder();

        RequireRefused(folder.MakeFolder("result"), "a folder", folder);
    }

    [Fact]
    public void AMissingFile()
    {
        using var folder = new TemporaryFolder();

        RequireRefused(folder["missing.json"], "there is no such file", folder);
    }

    [Fact]
    public void AFileThatIsNoText()
    {
        using var folder = new TemporaryFolder();

        RequireRefused(Path.Combine(Repository.TinyGpt, "model.safetensors"), "no JSON", folder);
    }

    private static void RequireRefused(string path, string says, TemporaryFolder folder)
    {
        var result = Tool.Run("report", path, "--out", folder["page.html"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"eigenscope: {path}", Assert.Single(result.ErrorLines));
        Assert.Contains(says, result.Error);
        Assert.False(File.Exists(folder["page.html"]));
    }

    private static string Without(JsonObject root, string field)
    {
        Assert.True(root.Remove(field));
        return root.ToJsonString();
    }

    private static string With(JsonObject root, string field, JsonNode value)
    {
        root[field] = value;
        return root.ToJsonString();
    }

    private static string Layer(JsonObject root, Action<JsonObject> change)
    {
        change(root["layers"]![0]!.AsObject());
        return root.ToJsonString();
    }

    /// <summary>A number that no float64 holds can only be written as text.</summary>
    private static string Eigenvalues(JsonObject root, string values) =>
        Layer(root, row => row["eigenvalues"] = "HERE").Replace("\"HERE\"", values);

    /// <summary>The result of a small model.</summary>
    public sealed class GoodResult
    {
        private readonly string text;

        public GoodResult()
        {
            using var folder = new TemporaryFolder();
            text = Tool.Run("analyze", folder.Write("model.safetensors", SafeTensors.Of(RandomWeights.Tensor("a.weight", 1, 24, 16))), "--format", "json", "--esd").Output;
        }

        public JsonObject Copy() => JsonNode.Parse(text, documentOptions: new JsonDocumentOptions())!.AsObject();
    }
}
