using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Simd;

namespace Eigenscope.Training.Data;

/// <summary>Inputs with targets or classes that a teacher gave them.</summary>
/// <param name="training">Those for training.</param>
/// <param name="heldOut">Those held out.</param>
/// <param name="outputs">Targets of an example, or classes.</param>
internal sealed class TaughtData(TaughtSet training, TaughtSet heldOut, int outputs) : TrainingData
{
    /// <inheritdoc/>
    public override int TrainingCount => training.Inputs.Rows;

    /// <inheritdoc/>
    public override int HeldOutCount => heldOut.Inputs.Rows;

    /// <inheritdoc/>
    internal override DataShape Shape => new(training.Inputs.Columns, outputs);

    /// <inheritdoc/>
    internal override void Fill(Batch batch, ReadOnlySpan<int> examples, bool isHeldOut)
    {
        var set = isHeldOut ? heldOut : training;
        if (set.Targets is { } targets)
        {
            var (inputs, wanted) = batch.Targeted(examples.Length, set.Inputs.Columns, targets.Columns);
            CopyRows(set.Inputs, examples, inputs);
            CopyRows(targets, examples, wanted);
            return;
        }

        var (rows, labels) = batch.Classified(examples.Length, set.Inputs.Columns);
        CopyRows(set.Inputs, examples, rows);
        for (var i = 0; i < examples.Length; i++)
        {
            labels[i] = set.Labels![examples[i]];
        }
    }

    private static void CopyRows(RowMajor from, ReadOnlySpan<int> rows, RowMajor to)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            from.Row(rows[i]).CopyTo(to.Row(i));
        }
    }
}

/// <summary>Inputs with targets or with classes.</summary>
internal sealed record TaughtSet(RowMajor Inputs, RowMajor? Targets, int[]? Labels);

/// <summary>
/// y = T x + noise for normal inputs whose variances fall from the condition to 1 in the harmonic way, c_i = condition / (1 + (condition - 1) i / (n - 1)), divided by their mean. T has the singular values
/// 2 (r - j) / r, j = 0 ... r - 1, with random singular vectors.
/// </summary>
internal static class LinearTeacher
{
    /// <summary>Makes teacher and examples.</summary>
    public static TaughtData Of(DataOptions options, CancellationToken cancellation)
    {
        var teacher = Matrix(options);
        return new(Draw(options, teacher, Seeds.Use.Training, options.Examples, cancellation), Draw(options, teacher, Seeds.Use.HeldOut, options.HeldOut, cancellation), options.Outputs);
    }

    /// <summary>T, outputs by inputs.</summary>
    public static RowMajor Matrix(DataOptions options)
    {
        var draws = new NormalDraws(Seeds.Of((ulong)options.Seed, Seeds.Use.Teacher));
        var (left, right) = (Orthonormal(options.Rank, options.Outputs, draws), Orthonormal(options.Rank, options.Inputs, draws));
        var t = new RowMajor(options.Outputs, options.Inputs);
        for (var j = 0; j < options.Rank; j++)
        {
            for (var i = 0; i < options.Outputs; i++)
            {
                SpanSums.AddScaled(2.0 * (options.Rank - j) / options.Rank * left.Row(j)[i], right.Row(j), t.Row(i));
            }
        }

        return t;
    }

    /// <summary>The variance of each input; their mean is 1.</summary>
    public static double[] Variances(DataOptions options)
    {
        double[] falling = [.. Enumerable.Range(0, options.Inputs).Select(i => options.Condition / (1 + ((options.Condition - 1) * i / Math.Max(1, options.Inputs - 1))))];
        var mean = SpanSums.Sum(falling) / falling.Length;
        return Array.ConvertAll(falling, variance => variance / mean);
    }

    private static TaughtSet Draw(DataOptions options, RowMajor teacher, Seeds.Use use, int count, CancellationToken cancellation)
    {
        var draws = new NormalDraws(Seeds.Of((ulong)options.Seed, use));
        var deviations = Array.ConvertAll(Variances(options), Math.Sqrt);
        var (inputs, targets) = (new RowMajor(count, options.Inputs), new RowMajor(count, options.Outputs));
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref var x in inputs.Row(i))
            {
                x = draws.Next();
            }

            SpanSums.Multiply(deviations, inputs.Row(i));
            foreach (ref var y in targets.Row(i))
            {
                y = options.Noise * draws.Next();
            }
        }

        RowProduct.Of(inputs.View, teacher.View.Transposed, targets.View, TileKernel.Update.Add, TileKernel.Best);
        return new TaughtSet(inputs, targets, null);
    }

    /// <summary>Rows of length 1, at right angles to one another: normal vectors, orthogonalised twice (Gram and Schmidt).</summary>
    private static RowMajor Orthonormal(int count, int length, NormalDraws draws)
    {
        var rows = new RowMajor(count, length);
        for (var i = 0; i < count; i++)
        {
            var row = rows.Row(i);
            foreach (ref var x in row)
            {
                x = draws.Next();
            }

            for (var round = 0; round < 2; round++)
            {
                for (var j = 0; j < i; j++)
                {
                    SpanSums.AddScaled(-Lanes.Dot(rows.Row(j), row), rows.Row(j), row);
                }

                SpanSums.Affine(1 / Math.Sqrt(Lanes.Dot(row, row)), row, 0, row);
            }
        }

        return rows;
    }
}

/// <summary>The largest of the outputs of a random network, A tanh(B x) with as many hidden units as four times the inputs, for isotropic normal inputs; some labels for training are replaced by others.</summary>
internal static class ClassTeacher
{
    private const int HiddenFactor = 4;

    /// <summary>What the inputs of tanh are multiplied by, so that it is no linear map.</summary>
    private const double Gain = 2;

    /// <summary>Makes teacher and examples.</summary>
    public static TaughtData Of(DataOptions options, CancellationToken cancellation)
    {
        var draws = new NormalDraws(Seeds.Of((ulong)options.Seed, Seeds.Use.Teacher));
        var hidden = Normal(new RowMajor(HiddenFactor * options.Inputs, options.Inputs), Gain / Math.Sqrt(options.Inputs), draws);
        var output = Normal(new RowMajor(options.Outputs, hidden.Rows), 1, draws);
        return new(
            Draw(options, hidden, output, Seeds.Use.Training, options.Examples, options.Noise, cancellation),
            Draw(options, hidden, output, Seeds.Use.HeldOut, options.HeldOut, 0, cancellation),
            options.Outputs);
    }

    private static TaughtSet Draw(DataOptions options, RowMajor hidden, RowMajor output, Seeds.Use use, int count, double wrong, CancellationToken cancellation)
    {
        var seed = Seeds.Of((ulong)options.Seed, use);
        var inputs = Normal(new RowMajor(count, options.Inputs), 1, new NormalDraws(seed));
        cancellation.ThrowIfCancellationRequested();
        var (inner, scores) = (new RowMajor(count, hidden.Rows), new RowMajor(count, options.Outputs));
        RowProduct.Of(inputs.View, hidden.View.Transposed, inner.View, TileKernel.Update.Set, TileKernel.Best);
        Tanh(inner.Values);
        RowProduct.Of(inner.View, output.View.Transposed, scores.View, TileKernel.Update.Set, TileKernel.Best);
        var words = new SplitMix64(~seed);
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            var other = (int)words.Below(options.Outputs);
            var isWrong = words.Below(1L << 32) < wrong * (1L << 32);
            labels[i] = isWrong ? other : SpanSums.Largest(scores.Row(i));
        }

        return new TaughtSet(inputs, null, labels);
    }

    private static RowMajor Normal(RowMajor matrix, double deviation, NormalDraws draws)
    {
        foreach (ref var x in matrix.Elements)
        {
            x = deviation * draws.Next();
        }

        return matrix;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tanh(Span<double> x)
    {
        for (var i = 0; i < x.Length; i += Lanes.Count)
        {
            Exponential.Tanh(Vector512.Create<double>(x[i..])).CopyTo(x[i..]);
        }
    }
}
