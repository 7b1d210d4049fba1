namespace Eigenscope.Transforms;

/// <summary>W0 + lambda sum_i w_i (W_i - W0).</summary>
/// <param name="task">The tensor.</param>
/// <param name="weights">w, in the order of the inputs; zero for a model that does not count.</param>
/// <param name="facts">What was done.</param>
internal sealed class AverageMerge(MergeTask task, IReadOnlyList<double> weights, MergeFacts facts) : ITensorMerge
{
    private readonly double lambda = task.Parameters.Number("lambda");

    /// <inheritdoc/>
    public MergeFacts Facts => facts;

    /// <inheritdoc/>
    public void Merge(MergeBlock block, Span<double> to)
    {
        to.Clear();
        for (var i = 0; i < weights.Count; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            var model = block.Model(i);
            for (var k = 0; k < to.Length; k++)
            {
                to[k] += weights[i] * (model[k] - block.Base[k]);
            }
        }

        for (var k = 0; k < to.Length; k++)
        {
            to[k] = block.Base[k] + (lambda * to[k]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
