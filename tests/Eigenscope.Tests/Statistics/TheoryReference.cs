using System.Text.Json;

namespace Eigenscope.Tests.Statistics;

/// <summary>A file of reference numbers under ../shared/reference/theory; a test that needs one skips where it is absent.</summary>
internal static class TheoryReference
{
    public static JsonElement Of(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "theory", name + ".json")));
        return document.RootElement.Clone();
    }

    public static double Number(this JsonElement item, string name) => item.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
