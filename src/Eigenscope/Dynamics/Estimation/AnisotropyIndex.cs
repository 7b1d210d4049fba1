namespace Eigenscope.Dynamics;

/// <summary>How unequally the noise of gradients is spread over directions: tr(C^2) n / (tr C)^2, C being its n x n covariance over the elements of a layer.</summary>
/// <remarks>
/// 1 where every direction has the same share, n where a single direction has all. From independent differences d of two batches each, E &lt;d, d'&gt;^2 = tr(C^2) and E |d|^2 |d'|^2 = (tr C)^2, so that C, which has n^2 elements, is
/// never formed. Equations with a single s take it as 1.
/// </remarks>
public static class AnisotropyIndex
{
    /// <summary>The index from gradients of K batches at the same weights; both traces are estimated without bias.</summary>
    /// <param name="gradients">K gradients, at least 4; for a standard error at least 6. Batches 1 and 2, 3 and 4, ... are paired.</param>
    /// <returns>The index, about 1 to n; its standard error by leaving out a pair at a time (Tukey 1958).</returns>
    /// <exception cref="ArgumentException">There are too few gradients, or they are empty or of different lengths, or equal.</exception>
    public static Estimate Of(IReadOnlyList<double[]> gradients)
    {
        Lengths.RequireBatches(gradients, 4);
        var products = Products(gradients);
        var (pairs, n) = (products.GetLength(0), gradients[0].Length);
        var whole = Index(products, n, leftOut: -1);
        if (!double.IsFinite(whole))
        {
            throw new ArgumentException("the gradients of paired batches are equal, so there is no noise", nameof(gradients));
        }

        if (pairs < 3)
        {
            return new(whole, double.NaN);
        }

        double[] without = [.. Enumerable.Range(0, pairs).Select(p => Index(products, n, p))];
        var mean = without.Average();
        return new(whole, Math.Sqrt(without.Sum(x => (x - mean) * (x - mean)) * (pairs - 1) / pairs));
    }

    /// <summary>Inner products of the differences of paired batches.</summary>
    private static double[,] Products(IReadOnlyList<double[]> gradients)
    {
        var pairs = gradients.Count / 2;
        var products = new double[pairs, pairs];
        for (var p = 0; p < pairs; p++)
        {
            for (var q = 0; q <= p; q++)
            {
                var sum = 0.0;
                for (var i = 0; i < gradients[0].Length; i++)
                {
                    sum += (gradients[2 * p][i] - gradients[(2 * p) + 1][i]) * (gradients[2 * q][i] - gradients[(2 * q) + 1][i]);
                }

                products[p, q] = products[q, p] = sum;
            }
        }

        return products;
    }

    private static double Index(double[,] products, int n, int leftOut)
    {
        var (squares, traces) = (0.0, 0.0);
        for (var p = 0; p < products.GetLength(0); p++)
        {
            for (var q = 0; q < p; q++)
            {
                if (p != leftOut && q != leftOut)
                {
                    squares += products[p, q] * products[p, q];
                    traces += products[p, p] * products[q, q];
                }
            }
        }

        return n * squares / traces;
    }
}
