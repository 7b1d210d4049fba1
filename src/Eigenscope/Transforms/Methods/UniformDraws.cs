using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>Random numbers of consecutive elements of a model's tensor.</summary>
/// <param name="input">The model.</param>
/// <param name="first">The index of the first element.</param>
/// <param name="to">Where they go.</param>
internal delegate void UniformSource(MergeInput input, long first, Span<double> to);

/// <summary>Random numbers by place instead of by order: any of them can be had at any time, on any thread.</summary>
internal static class UniformDraws
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double Unit = 1.0 / (1L << 53);

    /// <summary>Numbers in [0, 1), multiples of 2^-53.</summary>
    /// <param name="seed">The seed of the recipe.</param>
    /// <param name="tensor">The name of the tensor.</param>
    /// <param name="model">The place of the model in the recipe.</param>
    /// <param name="first">The index of the first element.</param>
    /// <param name="to">Where they go.</param>
    public static void Fill(long seed, string tensor, int model, long first, Span<double> to)
    {
        var key = (ulong)LayerSeed.Of(seed, tensor, model);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (new SplitMix64(unchecked(key + ((ulong)(first + i) * Golden))).Next() >> 11) * Unit;
        }
    }
}
