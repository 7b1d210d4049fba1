namespace Eigenscope.Transforms;

/// <summary>A tensor that is being merged: what had to be known of the whole is known, and any block can be had, in any order and on any thread.</summary>
internal interface ITensorMerge : IDisposable
{
    /// <summary>What was done.</summary>
    MergeFacts Facts { get; }

    /// <summary>Computes the merged elements of a block.</summary>
    /// <param name="block">The elements of the base and the models.</param>
    /// <param name="to">As many elements as the block has.</param>
    void Merge(MergeBlock block, Span<double> to);
}
