using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>What a merge of task vectors counts while its blocks are merged: complete when all of them have been, and the same for any order.</summary>
/// <param name="task">The tensor.</param>
/// <param name="models">The places in <see cref="MergeTask.Inputs"/> of the models that count.</param>
internal sealed class TaskVectorFacts(MergeTask task, IReadOnlyList<int> models)
{
    private const int PerModel = 3;

    private readonly double[] sums = new double[checked(task.Blocks * models.Count * PerModel)];
    private readonly int[] conflicts = new int[task.Blocks];

    /// <summary>The elements where kept changes of opposite sign meet, of all elements.</summary>
    public double SignConflicts => conflicts.Sum(count => (long)count) / (double)Math.Max(1, task.Count);

    /// <summary>The bytes that it holds.</summary>
    public static long Bytes(IReadOnlyList<long> shape, int models) => ((shape.Aggregate(1L, (product, size) => product * size) >> 16) + 1) * ((models * PerModel * sizeof(double)) + sizeof(int));

    /// <summary>Notes the change of a model in a block, before elements are dropped.</summary>
    public void Before(int block, int model, ReadOnlySpan<double> change) => At(block, model)[0] = Lanes.Dot(change, change);

    /// <summary>Notes what is kept of it.</summary>
    public void After(int block, int model, ReadOnlySpan<double> kept)
    {
        var at = At(block, model);
        (at[1], at[2]) = (Lanes.Dot(kept, kept), BlockOperations.CountNonzero(kept));
    }

    /// <summary>Notes the conflicts of a block.</summary>
    public void Conflicts(int block, int count) => conflicts[block] = count;

    /// <summary>The share of the elements of each input that are kept and not zero.</summary>
    public double[] KeptDensity => OfInputs(total => total[2] / task.Count);

    /// <summary>The share of the sum of squares of each input's change that is kept; NaN where it does not change.</summary>
    public double[] KeptEnergy => OfInputs(total => total[1] / total[0]);

    /// <summary>A number of the models that count as one of all inputs; NaN for the others.</summary>
    public double[] OfInputs(IReadOnlyList<double> numbers)
    {
        var all = new double[task.Inputs.Count];
        Array.Fill(all, double.NaN);
        for (var i = 0; i < models.Count; i++)
        {
            all[models[i]] = numbers[i];
        }

        return all;
    }

    private double[] OfInputs(Func<double[], double> number) => OfInputs([.. Enumerable.Range(0, models.Count).Select(model => number(Total(model)))]);

    private Span<double> At(int block, int model) => sums.AsSpan(((block * models.Count) + model) * PerModel, PerModel);

    private double[] Total(int model)
    {
        var total = new double[PerModel];
        for (var block = 0; block < task.Blocks; block++)
        {
            SpanSums.Add(At(block, model), total);
        }

        return total;
    }
}
