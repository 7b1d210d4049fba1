using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms;

/// <summary>Merges of drawn tensors: a base and models near it, stored as bfloat16, so that many magnitudes are equal.</summary>
internal static class SyntheticMerge
{
    /// <summary>Every method that works element by element.</summary>
    public static readonly string[] Methods =
    [
        "linear", "slerp", "nuslerp", "multislerp", "karcher", "model_stock", "task_arithmetic", "ties", "dare_linear", "dare_ties", "breadcrumbs", "breadcrumbs_ties", "della", "della_linear", "sce", "nearswap",
        "ram", "ramplus_tl", "arcee_fusion", "passthrough", "fisher",
    ];

    /// <summary>Three models, or as many as the method takes, all with parameters that matter.</summary>
    public static MergeSetup Of(string method, long[] shape, int models = 3, int seed = 1)
    {
        var definition = MergeMethods.Of(method)!;
        models = Math.Max(Math.Min(models, definition.MostModels), definition.LeastModels);
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var draws = new Draws(seed);
        var basis = Array.ConvertAll(draws.Normals(count), Bfloat16);
        var setup = new MergeSetup(
            method,
            shape,
            definition.Base == BaseUse.Required ? new ArrayElements(shape, basis) : null,
            [.. Enumerable.Range(0, models).Select(i => new MergeModel(i, new ArrayElements(shape, Near(basis, draws)), new Dictionary<string, object>(StringComparer.Ordinal)))],
            new Dictionary<string, object>(StringComparer.Ordinal))
        {
            Statistics = [.. Enumerable.Range(0, models).Select(i => new ArrayElements(shape, Array.ConvertAll(draws.Normals(count), x => x * x)))],
        };
        double[] weights = [0.7, 0.4, 0.5];
        setup = setup.Has("weight") ? setup.WithEach("weight", i => weights[i % 3]) : setup;
        setup = setup.Has("density") ? setup.WithEach("density", i => 0.4 + (0.1 * (i % 3))) : setup;
        setup = setup.Has("t") ? setup.With("t", method == "nearswap" ? 0.05 : 0.3) : setup;
        setup = setup.Has("select_topk") ? setup.With("select_topk", 0.3) : setup;
        return method is "ram" or "ramplus_tl" ? setup.With("epsilon", 0.1) : setup;
    }

    /// <summary>Rounded to bfloat16: the upper half of float32, to nearest, ties to even.</summary>
    public static double Bfloat16(double x)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)x);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }

    private static double[] Near(double[] basis, Draws draws) => Array.ConvertAll(basis, x => Bfloat16(x + (0.1 * draws.Normal())));
}
