namespace Eigenscope.Training;

/// <summary>The steps after which there is a checkpoint.</summary>
public static class CheckpointSteps
{
    /// <summary>0, k, 2 k, ... up to the last step.</summary>
    /// <param name="k">At least 1.</param>
    /// <param name="steps">The last step.</param>
    public static IReadOnlyList<int> Every(int k, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return [.. Enumerable.Range(0, (steps / k) + 1).Select(i => i * k)];
    }

    /// <summary>0 and then a given number in each factor of ten: the whole numbers nearest to 10^(i / k), each once.</summary>
    /// <param name="k">At least 1.</param>
    /// <param name="steps">The last step.</param>
    public static IReadOnlyList<int> Logarithmic(int k, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var found = new SortedSet<int> { 0 };
        for (var i = 0; Math.Round(Math.Pow(10, (double)i / k)) <= steps; i++)
        {
            found.Add((int)Math.Round(Math.Pow(10, (double)i / k)));
        }

        return [.. found];
    }
}
