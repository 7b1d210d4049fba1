using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Data;

/// <summary>
/// Which examples make the mini-batch of a step: drawn with replacement, or all in turn in an order that is drawn anew for each pass, where those that do not fill a batch wait for the next pass.
/// A function of the seed and the step alone, so that a run can be continued anywhere.
/// </summary>
internal sealed class BatchOrder
{
    private readonly ulong seed;
    private readonly int count;
    private readonly bool isIndependent;
    private readonly int[] examples;
    private readonly int[] order;
    private long pass = -1;

    /// <param name="seed">The seed of the training.</param>
    /// <param name="count">Examples for training.</param>
    /// <param name="size">Examples of a batch, no more than there are.</param>
    /// <param name="isIndependent">True for draws with replacement.</param>
    public BatchOrder(ulong seed, int count, int size, bool isIndependent)
    {
        TrainingException.Require(isIndependent || size <= count, $"a batch of {size} examples is larger than the {count} there are");
        (this.seed, this.count, this.isIndependent) = (seed, count, isIndependent);
        (examples, order) = (new int[size], isIndependent ? [] : new int[count]);
    }

    /// <summary>The examples of a step; the same memory at each call.</summary>
    public ReadOnlySpan<int> Of(long step)
    {
        if (isIndependent)
        {
            Draw(Seeds.Of(seed, Seeds.Use.Batches, step), count, examples);
            return examples;
        }

        var batches = count / examples.Length;
        Shuffle(step / batches);
        return order.AsSpan((int)(step % batches) * examples.Length, examples.Length);
    }

    /// <summary>Draws examples with replacement.</summary>
    public static void Draw(ulong seed, int count, Span<int> examples)
    {
        var words = new SplitMix64(seed);
        foreach (ref var example in examples)
        {
            example = (int)words.Below(count);
        }
    }

    /// <summary>Puts 0 to n - 1 into a random order (Fisher and Yates 1938).</summary>
    public static void Shuffle(ulong seed, Span<int> order)
    {
        var words = new SplitMix64(seed);
        for (var i = 0; i < order.Length; i++)
        {
            var j = (int)words.Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private void Shuffle(long wanted)
    {
        if (wanted != pass)
        {
            Shuffle(Seeds.Of(seed, Seeds.Use.Batches, wanted), order);
            pass = wanted;
        }
    }
}
