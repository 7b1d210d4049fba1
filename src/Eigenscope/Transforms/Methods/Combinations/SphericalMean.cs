namespace Eigenscope.Transforms;

/// <summary>
/// The weighted mean of directions on the sphere (Karcher 1977): the direction m for which the sum of w_i theta_i is stationary in square, found by steps along the mean of the logarithms,
/// log_m(u) = theta / sin(theta) (u - cos(theta) m). All of it lies in the span of the directions, so it is computed by coefficients and the dot products alone.
/// </summary>
/// <param name="Coefficients">Of the vectors, not normalised, in m; zeros where all of them are zero.</param>
/// <param name="Steps">The steps that were taken.</param>
/// <param name="Converged">True where the last step was short enough.</param>
internal sealed record SphericalMean(double[] Coefficients, int Steps, bool Converged)
{
    /// <summary>Computes the mean of the directions of vectors.</summary>
    /// <param name="gram">Their dot products; the first group counts.</param>
    /// <param name="weights">The weights of the directions, not negative.</param>
    /// <param name="steps">The most steps; with none it is the direction of sum w_i u_i.</param>
    /// <param name="tolerance">The angle of a step that is short enough, in radians.</param>
    /// <param name="least">Vectors that are not longer have no direction and do not count.</param>
    public static SphericalMean Of(GramMatrices gram, IReadOnlyList<double> weights, int steps, double tolerance, double least = 0)
    {
        var count = gram.Count;
        var norms = Enumerable.Range(0, count).Select(i => gram.Norm(0, i)).ToArray();
        var shares = norms.Select((norm, i) => norm > least ? weights[i] : 0).ToArray();
        var total = shares.Sum();
        var cosines = Cosines(gram);
        var mean = Normalize((double[])shares.Clone(), cosines);
        if (mean is null)
        {
            return new SphericalMean(new double[count], 0, true);
        }

        var taken = 0;
        var converged = steps == 0;
        while (!converged && taken < steps)
        {
            var tangent = Tangent(mean, cosines, shares, total);
            var angle = Length(tangent, cosines);
            converged = angle < tolerance;
            if (!converged)
            {
                var (cos, sin) = (Math.Cos(angle), Math.Sin(angle) / angle);
                mean = Normalize([.. mean.Select((m, i) => (cos * m) + (sin * tangent[i]))], cosines)!;
                taken++;
            }
        }

        return new SphericalMean([.. mean.Select((m, i) => norms[i] > least ? m / norms[i] : 0)], taken, converged);
    }

    /// <summary>What a method that uses it tells.</summary>
    public MergeFacts Facts(string route) => new(route)
    {
        Values = [new("steps", Steps)],
        Warnings = Converged ? [] : [$"the spherical mean has not converged after {Steps} steps"],
    };

    private static double[][] Cosines(GramMatrices gram) =>
        [.. Enumerable.Range(0, gram.Count).Select(i => Enumerable.Range(0, gram.Count).Select(j => i == j ? 1 : gram.Cosine(0, i, j) ?? 0).ToArray())];

    /// <summary>The weighted mean of the logarithms of the directions at m.</summary>
    private static double[] Tangent(double[] mean, double[][] cosines, double[] shares, double total)
    {
        var tangent = new double[mean.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            var cosine = Math.Clamp(Dot(cosines[i], mean), -1, 1);
            var angle = Math.Acos(cosine);
            var factor = shares[i] / total * (Math.Sin(angle) > 0 ? angle / Math.Sin(angle) : 1);
            tangent[i] += factor;
            for (var j = 0; j < mean.Length; j++)
            {
                tangent[j] -= factor * cosine * mean[j];
            }
        }

        return tangent;
    }

    private static double[]? Normalize(double[] coefficients, double[][] cosines)
    {
        var length = Length(coefficients, cosines);
        return length > 0 ? Array.ConvertAll(coefficients, c => c / length) : null;
    }

    private static double Length(double[] coefficients, double[][] cosines) =>
        Math.Sqrt(Math.Max(0, coefficients.Select((c, i) => c * Dot(cosines[i], coefficients)).Sum()));

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
