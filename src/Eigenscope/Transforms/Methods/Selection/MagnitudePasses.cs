namespace Eigenscope.Transforms;

/// <summary>The numbers whose magnitudes are ranked, in a block of a tensor.</summary>
/// <param name="task">The tensor.</param>
/// <param name="block">The block.</param>
/// <param name="to">Where as many numbers go as the block has.</param>
internal delegate void MagnitudeSource(MergeTask task, MergeBlock block, Span<double> to);

/// <summary>Searches over the same numbers.</summary>
/// <param name="Source">Makes the numbers.</param>
/// <param name="Searches">What is looked for.</param>
internal sealed record RankedNumbers(MagnitudeSource Source, IReadOnlyList<MagnitudeSearch> Searches)
{
    /// <summary>True when all is found.</summary>
    public bool IsDone => Searches.All(search => search.IsDone);
}

/// <summary>Reads tensors as often as searches over their elements need it, for all of them at once.</summary>
internal static class MagnitudePasses
{
    /// <summary>Runs searches over one tensor.</summary>
    public static void Run(MergeTask task, IReadOnlyList<RankedNumbers> numbers) => Run([task], numbers);

    /// <summary>Runs searches over the elements of several tensors together. Equal numbers are counted by the blocks of all of them, one tensor after another.</summary>
    public static void Run(IReadOnlyList<MergeTask> tasks, IReadOnlyList<RankedNumbers> numbers)
    {
        while (numbers.Where(ranked => !ranked.IsDone).ToArray() is { Length: > 0 } open)
        {
            var first = 0;
            foreach (var task in tasks)
            {
                Pass(task, first, open);
                first += task.Blocks;
            }

            foreach (var search in open.SelectMany(ranked => ranked.Searches).Where(search => !search.IsDone))
            {
                search.EndPass();
            }
        }
    }

    private static void Pass(MergeTask task, int first, IReadOnlyList<RankedNumbers> open) => task.ForEachBlock(block =>
    {
        using var scratch = new MergeScratch(block.Count);
        foreach (var ranked in open)
        {
            ranked.Source(task, block, scratch.Values);
            foreach (var search in ranked.Searches)
            {
                search.See(first + block.Index, scratch.Values);
            }
        }
    });
}
