using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>W0 + lambda D with a merged change D that is known.</summary>
/// <param name="task">The tensor.</param>
/// <param name="change">D.</param>
/// <param name="facts">What was done.</param>
internal sealed class ChangeMerge(MergeTask task, RowMajor change, MergeFacts facts) : ITensorMerge
{
    private readonly double lambda = task.Parameters.Number("lambda");

    /// <inheritdoc/>
    public MergeFacts Facts => facts;

    /// <inheritdoc/>
    public void Merge(MergeBlock block, Span<double> to)
    {
        var from = change.Elements.Slice((int)block.First, to.Length);
        for (var k = 0; k < to.Length; k++)
        {
            to[k] = block.Base[k] + (lambda * from[k]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
