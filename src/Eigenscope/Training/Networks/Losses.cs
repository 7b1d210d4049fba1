using Eigenscope.LinearAlgebra;
using Eigenscope.LinearAlgebra.Simd;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Networks;

/// <summary>The loss of a batch and its derivatives by the outputs.</summary>
internal static class Losses
{
    /// <summary>The mean over the rows of outputs z.</summary>
    /// <param name="kind">Cross-entropy: -log softmax(z)_label. Squares: |z - target|^2 / 2, where the target of a class is its unit vector.</param>
    /// <param name="outputs">The outputs; the derivatives are put in their place.</param>
    /// <param name="batch">The labels or targets.</param>
    public static double Of(LossKind kind, RowMajor outputs, Batch batch)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Rows; i++)
        {
            var z = outputs.Row(i);
            sum += kind == LossKind.CrossEntropy ? CrossEntropy(z, batch.Labels![i]) : Squares(z, batch, i);
            SpanSums.Affine(1.0 / outputs.Rows, z, 0, z);
        }

        return sum / outputs.Rows;
    }

    /// <summary>How many rows are largest at their label; null where there are no labels.</summary>
    public static int? Right(RowMajor outputs, Batch batch)
    {
        if (batch.Labels is not { } labels)
        {
            return null;
        }

        var right = 0;
        for (var i = 0; i < outputs.Rows; i++)
        {
            right += SpanSums.Largest(outputs.Row(i)) == labels[i] ? 1 : 0;
        }

        return right;
    }

    private static double CrossEntropy(Span<double> z, int label)
    {
        var shift = z[SpanSums.Largest(z)];
        var score = z[label] - shift;
        Exponential.OfDifference(z, shift);
        var sum = SpanSums.Sum(z);
        SpanSums.Affine(1 / sum, z, 0, z);
        z[label] -= 1;
        return Math.Log(sum) - score;
    }

    private static double Squares(Span<double> z, Batch batch, int row)
    {
        if (batch.Targets is { } targets)
        {
            SpanSums.AddScaled(-1, targets.Row(row), z);
        }
        else
        {
            z[batch.Labels![row]] -= 1;
        }

        return Lanes.Dot(z, z) / 2;
    }
}
