using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>What a gradient or a move does to singular values: its projections u_k^T X v_k on pairs of singular vectors.</summary>
public static class ModeProjection
{
    /// <summary>The projections of one matrix.</summary>
    /// <param name="x">X, of the shape of W.</param>
    /// <param name="left">u_k, each as long as X has rows.</param>
    /// <param name="right">v_k, as many, each as long as X has columns.</param>
    /// <returns>u_k^T X v_k, in the units of X. For the gradient this is g_k, the rate at which sigma_k falls; for a move D over n steps at rate eta, g_k is -1 / (eta n) times it.</returns>
    /// <exception cref="ArgumentException">Lengths or numbers do not fit together.</exception>
    public static double[] Of(IMatrix x, IReadOnlyList<double[]> left, IReadOnlyList<double[]> right)
    {
        Lengths.RequireEqual(left.Count, right.Count, nameof(right));
        for (var k = 0; k < left.Count; k++)
        {
            Lengths.RequireEqual(x.Rows, left[k].Length, nameof(left));
            Lengths.RequireEqual(x.Columns, right[k].Length, nameof(right));
        }

        var (row, result) = (new double[x.Columns], new double[left.Count]);
        for (var i = 0; i < x.Rows; i++)
        {
            x.Read(i, 0, 1, x.Columns, row, x.Columns);
            for (var k = 0; k < result.Length; k++)
            {
                result[k] += left[k][i] * Lanes.Dot(row, right[k]);
            }
        }

        return result;
    }

    /// <summary>The variance over batches of the projections of their gradients.</summary>
    /// <param name="gradients">Gradients of K batches at the same weights, at least two.</param>
    /// <param name="left">u_k.</param>
    /// <param name="right">v_k.</param>
    /// <returns>For each k the sample variance of u_k^T g v_k, divisor K - 1, in squared units of the gradient: what <see cref="MultiplicativeNoise"/> sets against lambda_k.</returns>
    /// <exception cref="ArgumentException">There are fewer than two gradients, or lengths do not fit together.</exception>
    public static double[] Variances(IReadOnlyList<DenseMatrix> gradients, IReadOnlyList<double[]> left, IReadOnlyList<double[]> right)
    {
        List<double[]> projections = [.. gradients.Select(gradient => Of(gradient, left, right))];
        Lengths.RequireBatches(projections, 2);
        var result = new double[left.Count];
        for (var k = 0; k < result.Length; k++)
        {
            var mean = projections.Average(projection => projection[k]);
            result[k] = projections.Sum(projection => (projection[k] - mean) * (projection[k] - mean)) / (projections.Count - 1);
        }

        return result;
    }
}
