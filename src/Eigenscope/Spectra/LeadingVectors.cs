using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>
/// The largest singular values of a matrix W with their singular vectors on both sides, by the eigenvectors v of the smaller Gram matrix and u = W v / sigma.
/// </summary>
/// <remarks>
/// A vector is right to about eps sigma_max^2 / (sigma gap), gap being the distance to the next singular value; where singular values are equal, their vectors are an arbitrary basis of the space
/// that they have in common. Costs little more than all singular values alone; <see cref="Spectrum.OfGramWithVectors(IMatrix, int, int, CancellationToken)"/> gives both.
/// </remarks>
/// <param name="SingularValues">sigma, descending.</param>
/// <param name="Left">u, in the same order, each as long as W has rows and of length 1.</param>
/// <param name="Right">v, in the same order, each as long as W has columns and of length 1; the signs of u and v belong together.</param>
public sealed record LeadingVectors(IReadOnlyList<double> SingularValues, IReadOnlyList<double[]> Left, IReadOnlyList<double[]> Right)
{
    /// <summary>Below this share of the largest, a singular value that was squared says nothing of its direction.</summary>
    private const double Resolved = 1e-7;

    /// <summary>The same of an eigenvalue of the Gram matrix.</summary>
    internal const double ResolvedSquare = Resolved * Resolved;

    /// <summary>Computes at most <paramref name="count"/> of them: fewer where the others are zero, or too small beside the largest for their directions to be known.</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static LeadingVectors Of(IMatrix w, int count, int threads = 1, CancellationToken cancellation = default) =>
        Spectrum.OfGramWithVectors(w, count, threads, cancellation).Vectors;

    /// <summary>The same with a given kernel.</summary>
    internal static LeadingVectors Of(IMatrix w, int count, Execution execution) => Spectrum.OfGramWithVectors(w, count, execution).Vectors;

    /// <summary>From the eigenvectors of the Gram matrix of W / <paramref name="scale"/>.</summary>
    internal static LeadingVectors Of(IMatrix w, double scale, LeadingEigenvectors eigenvectors, Execution execution)
    {
        if (eigenvectors.Count == 0)
        {
            return new([], [], []);
        }

        using var images = VectorImages.Of(w, scale, eigenvectors, execution);
        var (sigma, shorter, longer) = (new double[eigenvectors.Count], new double[eigenvectors.Count][], new double[eigenvectors.Count][]);
        int[] order = [.. Enumerable.Range(0, sigma.Length).OrderByDescending(images.Norm)];
        execution.ForEach(order.Length, k => (sigma[k], shorter[k], longer[k]) = (images.Norm(order[k]) * scale, eigenvectors.Vector(order[k]), images.Direction(order[k])));
        return w.Rows >= w.Columns ? new(sigma, longer, shorter) : new(sigma, shorter, longer);
    }
}
