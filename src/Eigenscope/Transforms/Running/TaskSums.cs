using System.Buffers;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>
/// What a merge is measured by, summed over elements: products of the changes D_i = W_i - W0 (of the weights themselves where there is no base) with one another and with what is made, and what
/// storing it loses.
/// </summary>
/// <param name="tasks">The places of the models in the block.</param>
internal sealed class TaskSums(IReadOnlyList<int> tasks)
{
    /// <summary>sum D_i D_j, the upper triangle row by row, j from i on.</summary>
    public double[] Products { get; private init; } = new double[tasks.Count * (tasks.Count + 1) / 2];

    /// <summary>sum D_i (X - W0), X being what is made before it is stored.</summary>
    public double[] WithMerged { get; private init; } = new double[tasks.Count];

    /// <summary>sum W0^2.</summary>
    public double Base { get; private set; }

    /// <summary>sum X^2.</summary>
    public double Merged { get; private set; }

    /// <summary>sum (X - W0)^2.</summary>
    public double Change { get; private set; }

    /// <summary>sum (S - X)^2, S being what is stored.</summary>
    public double Lost { get; private set; }

    /// <summary>Elements of which two models at least change, in opposite directions.</summary>
    public double Conflicts { get; private set; }

    /// <summary>Elements of which two models at least change.</summary>
    public double Shared { get; private set; }

    /// <summary>The sums of a block.</summary>
    /// <param name="tasks">The places of the models in the block.</param>
    /// <param name="block">The elements; the models' are overwritten by their changes.</param>
    /// <param name="merged">X, overwritten.</param>
    /// <param name="stored">S, overwritten.</param>
    public static TaskSums Of(IReadOnlyList<int> tasks, MergeBlock block, Span<double> merged, Span<double> stored)
    {
        var sums = new TaskSums(tasks) { Base = Lanes.Dot(block.Base, block.Base), Merged = Lanes.Dot(merged, merged) };
        SpanSums.AddScaled(-1, merged, stored);
        sums.Lost = Lanes.Dot(stored, stored);
        if (!block.Base.IsEmpty)
        {
            SpanSums.AddScaled(-1, block.Base, merged);
            foreach (var i in tasks)
            {
                SpanSums.AddScaled(-1, block.Base, block.Model(i));
            }
        }

        sums.Change = Lanes.Dot(merged, merged);
        sums.AddProducts(block, merged);
        if (tasks.Count > 1)
        {
            sums.CountSigns(block);
        }

        return sums;
    }

    /// <summary>The sums of two parts together.</summary>
    public static TaskSums Add(TaskSums a, TaskSums b) => new(a.Tasks)
    {
        Products = Sum(a.Products, b.Products),
        WithMerged = Sum(a.WithMerged, b.WithMerged),
        Base = a.Base + b.Base,
        Merged = a.Merged + b.Merged,
        Change = a.Change + b.Change,
        Lost = a.Lost + b.Lost,
        Conflicts = a.Conflicts + b.Conflicts,
        Shared = a.Shared + b.Shared,
    };

    /// <summary>sum D_i D_j of two models by their order among the tasks.</summary>
    public double Product(int i, int j) => i > j ? Product(j, i) : Products[(i * tasks.Count) - (i * (i - 1) / 2) + j - i];

    private IReadOnlyList<int> Tasks => tasks;

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private void AddProducts(MergeBlock block, ReadOnlySpan<double> merged)
    {
        var at = 0;
        for (var i = 0; i < tasks.Count; i++)
        {
            WithMerged[i] = Lanes.Dot(block.Model(tasks[i]), merged);
            for (var j = i; j < tasks.Count; j++)
            {
                Products[at++] = Lanes.Dot(block.Model(tasks[i]), block.Model(tasks[j]));
            }
        }
    }

    private void CountSigns(MergeBlock block)
    {
        var seen = ArrayPool<byte>.Shared.Rent(block.Count);
        var marks = seen.AsSpan(0, block.Count);
        marks.Clear();
        long shared = 0, conflicts = 0;
        for (var k = 0; k < tasks.Count; k++)
        {
            Mark(block.Model(tasks[k]), marks, ref shared, ref conflicts);
        }

        (Shared, Conflicts) = (shared, conflicts);
        ArrayPool<byte>.Shared.Return(seen);
    }

    /// <summary>The low two bits of a mark say that some model goes up and that some goes down, the next that it was counted as shared.</summary>
    private static void Mark(ReadOnlySpan<double> change, Span<byte> marks, ref long shared, ref long conflicts)
    {
        for (var i = 0; i < change.Length; i++)
        {
            var sign = change[i] > 0 ? 1 : change[i] < 0 ? 2 : 0;
            var before = (int)marks[i];
            var after = before | sign;
            var isShared = sign != 0 && before != 0 && before < 4;
            shared += isShared ? 1 : 0;
            conflicts += (after & 3) == 3 && (before & 3) != 3 ? 1 : 0;
            marks[i] = (byte)(isShared ? after | 4 : after);
        }
    }
}
