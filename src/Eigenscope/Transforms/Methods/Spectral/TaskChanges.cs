using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>The changes D_i = W_i - W0 of a matrix by the models that count: those beside the base whose weight is not 0.</summary>
internal sealed class TaskChanges
{
    /// <summary>The root mean square of numbers that are spread evenly over an interval of length 1.</summary>
    private const double RootMeanSquareOfUniform = 0.28867513459481287;

    private const double DoubleEpsilon = 2.220446049250313e-16;

    private readonly int[] places;
    private readonly Lazy<double> roundingNorm;
    private RowMajor[]? dense;

    /// <param name="task">The tensor.</param>
    /// <param name="hasWeights">False where every model that counts does so alike.</param>
    public TaskChanges(MergeTask task, bool hasWeights)
    {
        Task = task;
        double[] given = [.. task.Inputs.Select(input => input.IsBase ? 0 : input.Parameters.Number("weight"))];
        if (given.Any(weight => weight < 0))
        {
            throw new MergeException(task.Name, "a weight is negative; shares of models are 0 or more");
        }

        double[] counted = hasWeights ? given : [.. given.Select(weight => weight > 0 ? 1.0 : 0)];
        var sum = counted.Sum();
        Weights = [.. counted.Select(weight => sum > 0 ? weight / sum : 0)];
        places = [.. Enumerable.Range(0, counted.Length).Where(i => counted[i] > 0)];
        IsPaper = task.Parameters.Is(CommonParameters.Paper);
        roundingNorm = new(() => AreLowRank ? 0 : RoundingNorm());
    }

    /// <summary>The tensor.</summary>
    public MergeTask Task { get; }

    /// <summary>The number T of models that count.</summary>
    public int Count => places.Length;

    /// <summary>Shares of the models, in the order of the inputs; their sum is 1, and those that do not count have 0.</summary>
    public double[] Weights { get; }

    /// <summary>True where guards of the rank are left out.</summary>
    public bool IsPaper { get; }

    /// <summary>Singular values of a change up to this share of the largest count as zero.</summary>
    public double Share(SingularVectors vectors) => IsPaper ? 0 : RoundingShare(vectors, 1);

    /// <summary>The same of the sum of all changes.</summary>
    public double ShareOfSum(SingularVectors vectors) => IsPaper ? 0 : RoundingShare(vectors, Count);

    /// <summary>What rounding makes of a zero singular value, beside the largest: of the stored elements, or of float64 in the decomposition, whichever is more.</summary>
    /// <param name="vectors">The decomposition.</param>
    /// <param name="errors">How many independent errors an element has.</param>
    public double RoundingShare(SingularVectors vectors, int errors) =>
        vectors.Values is [> 0 and var largest, ..] ? Math.Max(DoubleEpsilon * Math.Max(Rows, Columns), Math.Sqrt(errors) * roundingNorm.Value / largest) : 0;

    /// <summary>The outputs.</summary>
    public int Rows => checked((int)Task.Shape[0]);

    /// <summary>All else.</summary>
    public int Columns => (int)(Elements / Rows);

    /// <summary>How the work is done.</summary>
    public Execution Execution => Task.Execution;

    /// <summary>True where every change is s B A of the shape of the matrix and the ranks together are below both sides; the published algorithms know full matrices alone.</summary>
    public bool AreLowRank => !IsPaper && Adapters.All(adapter => adapter?.Up.Rows == Rows && adapter.Down.Columns == Columns) && Adapters.Sum(adapter => (long)adapter!.Down.Rows) < Math.Min(Rows, Columns);

    private IEnumerable<LowRankChange?> Adapters => places.Select(place => Task.Inputs[place].Adapter);

    private int Elements =>
        Task.Count <= Array.MaxLength ? (int)Task.Count : throw new MergeException(Task.Name, $"{Task.Count} elements are more than singular vectors can be found of ({Array.MaxLength})");

    /// <summary>The share of the i-th model that counts.</summary>
    public double Weight(int i) => Weights[places[i]];

    /// <summary>The i-th change.</summary>
    public RowMajor Dense(int i) => (dense ??= Read())[i];

    /// <summary>The singular values and vectors of the i-th change: all of them, or those that its factors have.</summary>
    public SingularVectors Decomposed(int i) => AreLowRank
        ? FactoredVectors.Of([Task.Inputs[places[i]].Adapter!], stacked: false, Execution)
        : SingularVectors.Of(Dense(i), Execution);

    /// <summary>Those of the sum of the changes.</summary>
    public SingularVectors DecomposedSum() => AreLowRank
        ? FactoredVectors.Of([.. Adapters.Select(adapter => adapter!)], stacked: false, Execution)
        : SingularVectors.Of(Sum([.. Enumerable.Repeat(1.0, Count)]), Execution);

    /// <summary>Those of the changes side by side, [D_1 | ... | D_T].</summary>
    public SingularVectors DecomposedTogether() => AreLowRank
        ? FactoredVectors.Of([.. Adapters.Select(adapter => adapter!)], stacked: true, Execution)
        : SingularVectors.Of(Together(), Execution);

    /// <summary>sum_i x_i D_i.</summary>
    public RowMajor Sum(double[] factors)
    {
        var sum = new RowMajor(Rows, Columns);
        for (var i = 0; i < Count; i++)
        {
            SpanSums.AddScaled(factors[i], Dense(i).Elements, sum.Elements);
        }

        return sum;
    }

    /// <summary>[D_1 | ... | D_T].</summary>
    public RowMajor Together()
    {
        var together = new RowMajor(Rows, checked(Count * Columns));
        for (var i = 0; i < Count; i++)
        {
            for (var row = 0; row < Rows; row++)
            {
                Dense(i).Row(row).CopyTo(together.Row(row)[(i * Columns)..]);
            }
        }

        return together;
    }

    /// <summary>|sum_i w_i D_i|, the length of the plain average.</summary>
    public double AverageNorm() => AreLowRank
        ? FactoredVectors.Of([.. Adapters.Select((adapter, i) => adapter! with { Scale = adapter.Scale * Weight(i) })], stacked: false, Execution).Values.Norm()
        : Sum([.. places.Select(place => Weights[place])]).Norm();

    /// <summary>Numbers of the models that count, in the order of all inputs, with NaN for the others.</summary>
    public double[] PerInput(IReadOnlyList<double> numbers)
    {
        double[] all = [.. Task.Inputs.Select(_ => double.NaN)];
        for (var i = 0; i < Count; i++)
        {
            all[places[i]] = numbers[i];
        }

        return all;
    }

    /// <summary>The merge by a change, with the facts that every method gives.</summary>
    public ITensorMerge Merged(RowMajor change, MergeFacts facts)
    {
        var lambda = Math.Abs(Task.Parameters.Number("lambda"));
        return new ChangeMerge(Task, change, facts with
        {
            Values =
            [
                .. facts.Values,
                new("average_norm", AverageNorm()),
                new("change_norm", lambda * change.Norm()),
            ],
        });
    }

    /// <summary>
    /// The largest singular value of rounding errors alone: independent ones of eps rms(W0) / sqrt(12), the largest value of which is near their deviation times sqrt(m) + sqrt(n) (Marchenko and Pastur
    /// 1967). A share of the largest singular value of a change would say nothing of them: their size is that of the weights, not of the change.
    /// </summary>
    private double RoundingNorm()
    {
        var squares = Task.Sum(0.0, block => Lanes.Dot(block.Base, block.Base), (x, y) => x + y);
        return RootMeanSquareOfUniform * Task.Epsilon * Math.Sqrt(squares / Task.Count) * (Math.Sqrt(Rows) + Math.Sqrt(Columns));
    }

    private RowMajor[] Read()
    {
        RowMajor[] changes = [.. places.Select(_ => new RowMajor(Rows, Columns))];
        Task.ForEachBlock(block =>
        {
            for (var i = 0; i < changes.Length; i++)
            {
                var model = block.Model(places[i]);
                var to = changes[i].Elements.Slice((int)block.First, block.Count);
                for (var k = 0; k < to.Length; k++)
                {
                    to[k] = model[k] - block.Base[k];
                }
            }
        });
        return changes;
    }
}
