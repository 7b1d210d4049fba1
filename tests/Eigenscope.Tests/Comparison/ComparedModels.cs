using Eigenscope.Comparison;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Analysis;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.Comparison;

/// <summary>Models made for tests of comparisons, and their comparison.</summary>
internal static class ComparedModels
{
    /// <summary>Options under which nothing depends on the machine.</summary>
    public static ComparisonOptions Options { get; } = new() { Analysis = Layers.Options };

    /// <summary>Compares models, the last of them the reference.</summary>
    public static ModelComparison Compare(params Model[] models) => Compare(Options, models);

    /// <summary>Compares models.</summary>
    public static ModelComparison Compare(ComparisonOptions options, params Model[] models) => ModelComparison.Of(models, options, progress: null, TestContext.Current.CancellationToken);

    /// <summary>Compares the files of two models.</summary>
    public static ModelComparison CompareFiles(string a, string b, ComparisonOptions? options = null)
    {
        using Model modelA = Model.Open(a), modelB = Model.Open(b);
        return Compare(options ?? Options, modelA, modelB);
    }

    /// <summary>Normal singles.</summary>
    public static float[] Normals(int seed, int count) => [.. new Draws(seed).Normals(count).Select(x => (float)x)];

    /// <summary>A matrix of normal singles.</summary>
    public static Tensor Matrix(string name, int seed, int rows, int columns) => MemoryTensor.F32(name, [rows, columns], Normals(seed, rows * columns));

    /// <summary>Layers of a model, in order.</summary>
    public static IReadOnlyList<WeightMatrix> Rows(params string[] names) => WeightTable.Of(MemoryTensor.Model(null, [.. names.Select((name, i) => Matrix(name, i + 1, 6, 8))]));

    /// <summary>The pair of the only compared model in the layer of a name.</summary>
    public static PairComparison Pair(this ModelComparison comparison, string name) => Assert.Single(comparison.Layers.Single(layer => layer.Name == name).Pairs);
}
