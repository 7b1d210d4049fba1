namespace Eigenscope.Dynamics;

/// <summary>The variance c of the noise that a mini-batch adds to an element of the gradient, from gradients of several batches at the same weights.</summary>
/// <remarks>
/// Plain stochastic gradient descent at rate eta is then dW = -G dt + s dB with s^2 = eta^2 c, time counted in steps, or s^2 = eta c, time counted as eta times steps (Mandt, Hoffman and
/// Blei 2017). The noise is the more nearly inversely proportional to the batch, the smaller the batch beside the data. Standard errors take elements as independent; where
/// they are not (<see cref="AnisotropyIndex"/>), they are too small.
/// </remarks>
public static class GradientNoise
{
    /// <summary>c from two batches: half the mean square of the difference, which no gradient common to both enters.</summary>
    /// <param name="first">The gradient of one batch, in any order of elements.</param>
    /// <param name="second">That of another, independent batch, in the same order.</param>
    /// <returns>c, in squared units of the gradient; unbiased.</returns>
    /// <exception cref="ArgumentException">The gradients are empty or of different lengths.</exception>
    public static Estimate Variance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Lengths.RequireEqual(first.Length, second.Length, nameof(second));
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            var half = 0.5 * (first[i] - second[i]) * (first[i] - second[i]);
            (sum, squares) = (sum + half, squares + (half * half));
        }

        return Estimate.OfSums(sum, squares, first.Length);
    }

    /// <summary>c from K batches: the sample variance over batches, divisor K - 1, averaged over elements.</summary>
    /// <param name="gradients">K gradients, at least two, in the same order of elements.</param>
    /// <returns>c, in squared units of the gradient; unbiased.</returns>
    /// <exception cref="ArgumentException">There are fewer than two gradients, or they are empty or of different lengths.</exception>
    public static Estimate Variance(IReadOnlyList<double[]> gradients)
    {
        Lengths.RequireBatches(gradients, 2);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < gradients[0].Length; i++)
        {
            var variance = VarianceAt(gradients, i);
            (sum, squares) = (sum + variance, squares + (variance * variance));
        }

        return Estimate.OfSums(sum, squares, gradients[0].Length);
    }

    private static double VarianceAt(IReadOnlyList<double[]> gradients, int element)
    {
        var (mean, sum) = (0.0, 0.0);
        for (var b = 0; b < gradients.Count; b++)
        {
            mean += gradients[b][element] / gradients.Count;
        }

        for (var b = 0; b < gradients.Count; b++)
        {
            sum += (gradients[b][element] - mean) * (gradients[b][element] - mean);
        }

        return sum / (gradients.Count - 1);
    }
}
