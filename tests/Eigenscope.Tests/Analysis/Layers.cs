using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;

namespace Eigenscope.Tests.Analysis;

/// <summary>Layers and models made for a test.</summary>
internal static class Layers
{
    /// <summary>Options under which nothing depends on the machine.</summary>
    public static AnalysisOptions Options { get; } = new() { Threads = 2, MaxMemory = 1L << 30 };

    /// <summary>A tensor of standard normal singles.</summary>
    public static Tensor Normal(string name, params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        return MemoryTensor.F32(name, shape, [.. new Draws(name.Length + count).Normals(count).Select(x => (float)x)]);
    }

    /// <summary>A tensor of standard normal singles, but for its element k.</summary>
    public static Tensor With(string name, int k, float value, params long[] shape)
    {
        var draws = new Draws(k);
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        return MemoryTensor.F32(name, shape, [.. Enumerable.Range(0, count).Select(i => i == k ? value : (float)draws.Normal())]);
    }

    /// <summary>The row of a model's table under that name.</summary>
    public static WeightMatrix Row(Tensor tensor, string? architecture = null, string? name = null) =>
        WeightTable.Of(MemoryTensor.Model(architecture, tensor)).Single(row => row.Name == (name ?? tensor.Name));

    /// <summary>A result with the given metrics.</summary>
    public static LayerAnalysis Analyzed(WeightMatrix layer, params (string Name, double? Value)[] metrics) =>
        new(layer, LayerStatus.Analyzed, null, [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Value))], [], null);
}
