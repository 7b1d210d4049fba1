namespace Eigenscope.Dynamics;

/// <summary>Checks of arrays that belong together.</summary>
internal static class Lengths
{
    /// <summary>Throws where two arrays have not one length, above 0.</summary>
    public static void RequireEqual(int first, int second, string name)
    {
        if (first != second || first == 0)
        {
            throw new ArgumentException($"{first} and {second} numbers do not make a pair", name);
        }
    }

    /// <summary>Throws where there are too few arrays, or they are not of one length above 0.</summary>
    public static void RequireBatches(IReadOnlyList<double[]> batches, int least)
    {
        if (batches.Count < least)
        {
            throw new ArgumentException($"{batches.Count} batches are given, and {least} are needed", nameof(batches));
        }

        for (var b = 0; b < batches.Count; b++)
        {
            RequireEqual(batches[0].Length, batches[b].Length, nameof(batches));
        }
    }
}
