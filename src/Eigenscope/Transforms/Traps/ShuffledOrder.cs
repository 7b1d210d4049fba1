using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>The order in which <see cref="Models.ShuffledMatrix"/> puts elements, so that each can be traced back to its place.</summary>
internal static class ShuffledOrder
{
    /// <summary>For each place after the shuffle, the place before it (Fisher and Yates 1938; Durstenfeld 1964).</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    public static int[] Of(int count, ulong seed)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        var random = new SplitMix64(seed);
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)random.Below(i + 1L);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
