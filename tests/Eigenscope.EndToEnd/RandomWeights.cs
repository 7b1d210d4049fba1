namespace Eigenscope.EndToEnd;

/// <summary>Weights drawn from a seed.</summary>
internal static class RandomWeights
{
    /// <summary>Uniform values from -1 to 1.</summary>
    public static float[] Uniform(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    /// <summary>A tensor of uniform values.</summary>
    public static (string Name, int[] Shape, float[] Values) Tensor(string name, int seed, params int[] shape) =>
        (name, shape, Uniform(shape.Aggregate(1, (product, size) => product * size), seed));
}
