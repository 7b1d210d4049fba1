using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>W0 + lambda times what some task vectors come to: by an election of signs, or their sum over one divisor.</summary>
/// <param name="task">The tensor.</param>
/// <param name="vectors">The task vectors.</param>
/// <param name="election">The election; null for a sum.</param>
/// <param name="divisor">What the sum is divided by; 1 with an election, which has its own.</param>
/// <param name="route">What is done, in a word.</param>
internal sealed class TaskVectorMerge(MergeTask task, IReadOnlyList<TaskVector> vectors, SignElection? election, double divisor, string route) : ITensorMerge
{
    private readonly TaskVectorFacts facts = new(task, [.. vectors.Select(vector => vector.Model)]);
    private readonly double lambda = task.Parameters.Number("lambda") / divisor;

    /// <inheritdoc/>
    public MergeFacts Facts => new(route)
    {
        Values = election is null ? [] : [new("sign_conflicts", facts.SignConflicts)],
        PerModel =
        [
            new("kept_density", facts.KeptDensity),
            new("kept_energy", facts.KeptEnergy),
            new("rescale_factor", facts.OfInputs([.. vectors.Select(vector => vector.Rescale)])),
        ],
    };

    /// <inheritdoc/>
    public void Merge(MergeBlock block, Span<double> to)
    {
        using var scratch = new MergeScratch((vectors.Count + 1) * block.Count);
        for (var i = 0; i < vectors.Count; i++)
        {
            var change = scratch.Part(i, block.Count);
            BlockOperations.Subtract(block.Model(vectors[i].Model), block.Base, change);
            facts.Before(block.Index, i, change);
            vectors[i].Selection.Apply(block, change);
            facts.After(block.Index, i, change);
        }

        var merged = scratch.Part(vectors.Count, block.Count);
        if (election is null)
        {
            Sum(scratch, merged);
        }
        else
        {
            facts.Conflicts(block.Index, election.Merge(scratch.Values[..(vectors.Count * block.Count)], merged));
        }

        BlockOperations.AddScaled(lambda, merged, block.Base, to);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Sum(MergeScratch scratch, Span<double> merged)
    {
        merged.Clear();
        for (var i = 0; i < vectors.Count; i++)
        {
            SpanSums.AddScaled(vectors[i].Factor, scratch.Part(i, merged.Length), merged);
        }
    }
}
