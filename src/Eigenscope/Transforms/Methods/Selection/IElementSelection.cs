namespace Eigenscope.Transforms;

/// <summary>The elements of a model's change that are kept.</summary>
internal interface IElementSelection
{
    /// <summary>Puts zero in the place of those that are not.</summary>
    /// <param name="block">The block.</param>
    /// <param name="change">The change of the model in this block.</param>
    void Apply(MergeBlock block, Span<double> change);
}

/// <summary>All of them.</summary>
internal sealed class EveryElement : IElementSelection
{
    /// <inheritdoc/>
    public void Apply(MergeBlock block, Span<double> change)
    {
    }
}

/// <summary>None of them.</summary>
internal sealed class NoElement : IElementSelection
{
    /// <inheritdoc/>
    public void Apply(MergeBlock block, Span<double> change) => change.Clear();
}

/// <summary>Those of the largest magnitudes, without the very largest of these.</summary>
/// <param name="leading">The elements among which they are.</param>
/// <param name="outliers">The elements among these that are dropped.</param>
internal sealed class RankedElements(LeadingElements leading, LeadingElements outliers) : IElementSelection
{
    /// <summary>What must be searched first.</summary>
    public IReadOnlyList<MagnitudeSearch> Searches => [.. leading.Searches, .. outliers.Searches];

    /// <summary>Ends the search.</summary>
    public void Settle(int blocks)
    {
        leading.Settle(blocks);
        outliers.Settle(blocks);
    }

    /// <inheritdoc/>
    public void Apply(MergeBlock block, Span<double> change)
    {
        leading.Keep(block.Index, change, change);
        outliers.Drop(block.Index, change, change);
    }
}

/// <summary>Those of at least some magnitude.</summary>
/// <param name="least">The least magnitude.</param>
internal sealed class ElementsFrom(double least) : IElementSelection
{
    /// <inheritdoc/>
    public void Apply(MergeBlock block, Span<double> change)
    {
        for (var i = 0; i < change.Length; i++)
        {
            change[i] = Math.Abs(change[i]) >= least ? change[i] : 0;
        }
    }
}

/// <summary>Each with one probability: those whose random number is below it.</summary>
/// <param name="task">The tensor.</param>
/// <param name="input">The model.</param>
/// <param name="density">The probability.</param>
/// <param name="rescaled">True where what is kept is divided by it.</param>
internal sealed class RandomElements(MergeTask task, MergeInput input, double density, bool rescaled) : IElementSelection
{
    /// <inheritdoc/>
    public void Apply(MergeBlock block, Span<double> change)
    {
        using var scratch = new MergeScratch(block.Count);
        var draws = scratch.Values;
        task.Uniforms(input, block.First, draws);
        var divisor = rescaled ? density : 1;
        for (var i = 0; i < change.Length; i++)
        {
            change[i] = draws[i] < density ? change[i] / divisor : 0;
        }
    }
}

/// <summary>
/// Each with a probability that grows with the rank of its magnitude in its row, from density - epsilon to density + epsilon: those whose random number is below it. Of equal magnitudes that with the higher index
/// has the higher rank; in a row of one element the probability is the density.
/// </summary>
/// <param name="task">The tensor.</param>
/// <param name="input">The model.</param>
/// <param name="density">The mean probability.</param>
/// <param name="epsilon">How far it varies to either side.</param>
/// <param name="rescaled">True where each that is kept is divided by its probability.</param>
internal sealed class RankedRandomElements(MergeTask task, MergeInput input, double density, double epsilon, bool rescaled) : IElementSelection
{
    /// <inheritdoc/>
    public void Apply(MergeBlock block, Span<double> change)
    {
        using var scratch = new MergeScratch(block.Count);
        task.Uniforms(input, block.First, scratch.Values);
        var (magnitudes, places) = (new double[task.RowLength], new int[task.RowLength]);
        for (var at = 0; at < block.Count; at += task.RowLength)
        {
            Row(change.Slice(at, task.RowLength), scratch.Values.Slice(at, task.RowLength), magnitudes, places);
        }
    }

    private void Row(Span<double> change, ReadOnlySpan<double> draws, double[] magnitudes, int[] places)
    {
        for (var i = 0; i < change.Length; i++)
        {
            (magnitudes[i], places[i]) = (Math.Abs(change[i]), i);
        }

        RowRanks.Sort(magnitudes, places);
        for (var rank = 0; rank < places.Length; rank++)
        {
            var probability = Probability(rank, places.Length);
            ref var x = ref change[places[rank]];
            x = draws[places[rank]] < probability ? x / (rescaled ? probability : 1) : 0;
        }
    }

    private double Probability(int rank, int count) => count == 1 ? density : density - epsilon + (2 * epsilon * rank / (count - 1));
}
