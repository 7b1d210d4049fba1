using System.Text.Json;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>Published models in the packages of tests/models. A test that needs one skips where it was not fetched.</summary>
internal static class PublishedModels
{
    private static readonly string Folder = Path.Combine(SharedFiles.Repository, "tests", "models");

    /// <summary>The rows of models.csv: what each model holds, as describe.py found it.</summary>
    public static IEnumerable<string[]> Table { get; } = [.. File.ReadLines(Path.Combine(Folder, "models.csv")).Skip(1).Select(line => line.Split(','))];

    /// <summary>A file of a package by its full path; <c>#/models/NAME</c> behind the file that lists a model's chunks is the model, joined in a folder.</summary>
    public static string PathOf(string name, TemporaryFolder folder)
    {
        var (file, model) = name.Split('#') is [var list, var key] ? (list, key) : (name, null);
        var path = Path.Combine([Folder, "node_modules", .. file.Split('/')]);
        Assert.SkipUnless(File.Exists(path), $"{file} was not fetched: npm ci in tests/models");
        return model is null ? path : Joined(path, model, folder.Path);
    }

    private static string Joined(string list, string model, string folder)
    {
        using var resources = JsonDocument.Parse(File.ReadAllBytes(list));
        var path = Path.Combine(folder, "model.onnx");
        using var joined = File.Create(path);
        foreach (var chunk in resources.RootElement.GetProperty(model).GetProperty("chunks").EnumerateArray())
        {
            joined.Write(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(list)!, chunk.GetProperty("hash").GetString()!)));
        }

        return path;
    }
}
