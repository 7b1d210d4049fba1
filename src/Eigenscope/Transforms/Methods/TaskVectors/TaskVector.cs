namespace Eigenscope.Transforms;

/// <summary>The change of a model from the base, D, and what becomes of it: factor times its kept elements.</summary>
/// <param name="Model">The place of the model in <see cref="MergeTask.Inputs"/>.</param>
/// <param name="Weight">The weight of the model.</param>
/// <param name="Selection">The elements that are kept.</param>
/// <param name="Rescale">What they are multiplied by before the weight.</param>
internal sealed record TaskVector(int Model, double Weight, IElementSelection Selection, double Rescale = 1)
{
    /// <summary>w times the rescaling.</summary>
    public double Factor => Weight * Rescale;

    /// <summary>Computes the kept elements of D in a block, not rescaled, zeros elsewhere.</summary>
    public void Read(MergeBlock block, Span<double> to)
    {
        BlockOperations.Subtract(block.Model(Model), block.Base, to);
        Selection.Apply(block, to);
    }

    /// <summary>The same with the factors that keep the sum of the magnitudes: |D|_1 / |D'|_1, where D' is what is kept.</summary>
    /// <param name="task">The tensor.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="least">Sums that are smaller leave a vector as it is.</param>
    public static IReadOnlyList<TaskVector> KeepingMagnitude(MergeTask task, IReadOnlyList<TaskVector> vectors, double least)
    {
        var sums = task.Sum(new double[2 * vectors.Count], block => Magnitudes(block, vectors), (x, y) => [.. x.Zip(y, (a, b) => a + b)]);
        return [.. vectors.Select((vector, i) => sums[2 * i] > least && sums[(2 * i) + 1] > least ? vector with { Rescale = sums[2 * i] / sums[(2 * i) + 1] } : vector)];
    }

    private static double[] Magnitudes(MergeBlock block, IReadOnlyList<TaskVector> vectors)
    {
        using var scratch = new MergeScratch(block.Count);
        var sums = new double[2 * vectors.Count];
        for (var i = 0; i < vectors.Count; i++)
        {
            BlockOperations.Subtract(block.Model(vectors[i].Model), block.Base, scratch.Values);
            sums[2 * i] = BlockOperations.SumOfMagnitudes(scratch.Values);
            vectors[i].Selection.Apply(block, scratch.Values);
            sums[(2 * i) + 1] = BlockOperations.SumOfMagnitudes(scratch.Values);
        }

        return sums;
    }
}
