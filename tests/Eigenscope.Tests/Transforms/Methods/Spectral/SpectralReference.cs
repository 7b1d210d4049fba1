using System.Text.Json;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.Models.Numpy;
using Xunit;

namespace Eigenscope.Tests.Transforms;

/// <summary>Recorded inputs, results and numbers of spectral merging, under ../shared.</summary>
internal static class SpectralReference
{
    /// <summary>An array, such as <c>inputs/base</c>; skips the running test where it is absent.</summary>
    public static RowMajor Array(string name)
    {
        using var file = FileBytes.Open(SharedFiles.Path(["reference", "merging", .. $"{name}.npy".Split('/')]));
        var tensor = Assert.Single(new NpyFormat().Read(file));
        var matrix = new RowMajor((int)tensor.Shape[0], (int)tensor.Shape[1]);
        StoredValues.Of(tensor).CopyTo(matrix.Elements);
        return matrix;
    }

    /// <summary>What an input differs from the base by.</summary>
    public static RowMajor Change(string prefix, int model)
    {
        var (change, from) = (Array($"inputs/{prefix}ft{model}"), Array($"inputs/{prefix}base"));
        for (var i = 0; i < change.Count; i++)
        {
            change.Values[i] -= from.Values[i];
        }

        return change;
    }

    /// <summary>The recorded numbers under some keys.</summary>
    public static JsonElement Numbers(params string[] keys)
    {
        var element = JsonDocument.Parse(File.ReadAllText(SharedFiles.Path("reference", "merging", "spectral_cases.json"))).RootElement;
        return keys.Aggregate(element, (at, key) => at.GetProperty(key));
    }

    /// <summary>Numbers as an array.</summary>
    public static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];
}
