using Eigenscope.LinearAlgebra;

namespace Eigenscope.Spectra;

/// <summary>
/// The largest singular values of a matrix W with their singular vectors on both sides, by the eigenvectors v of the smaller Gram matrix and u = W v / sigma.
/// </summary>
/// <remarks>
/// A vector is right to about eps sigma_max^2 / (sigma gap), gap being the distance to the next singular value; where singular values are equal, their vectors are an arbitrary basis of the space
/// that they have in common. Costs 6 M^3 operations on one thread, M the smaller side.
/// </remarks>
/// <param name="SingularValues">sigma, descending.</param>
/// <param name="Left">u, in the same order, each as long as W has rows and of length 1.</param>
/// <param name="Right">v, in the same order, each as long as W has columns and of length 1; the signs of u and v belong together.</param>
public sealed record LeadingVectors(IReadOnlyList<double> SingularValues, IReadOnlyList<double[]> Left, IReadOnlyList<double[]> Right)
{
    /// <summary>Below this share of the largest, a singular value that was squared says nothing of its direction.</summary>
    private const double Resolved = 1e-7;

    /// <summary>Computes at most <paramref name="count"/> of them: fewer where the others are zero, or too small beside the largest for their directions to be known.</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="threads">The most threads that form products, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static LeadingVectors Of(IMatrix w, int count, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var isTall = w.Rows >= w.Columns;
        var shorter = Shorter(w, count, threads, cancellation);
        if (shorter.Count == 0)
        {
            return new([], [], []);
        }

        var (sigma, other) = Across(isTall ? w : new TransposedMatrix(w), shorter, threads, cancellation);
        return isTall ? new(sigma, other, shorter) : new(sigma, shorter, other);
    }

    /// <summary>The spectrum by the Gram route, and leading vectors with it.</summary>
    internal static (Spectrum Spectrum, LeadingVectors Vectors) WithSpectrum(IMatrix w, int count, int threads, CancellationToken cancellation) =>
        (Spectrum.Of(w, new SpectrumOptions { Threads = threads }, cancellation), Of(w, count, threads, cancellation));

    /// <summary>The vectors on the shorter side.</summary>
    private static List<double[]> Shorter(IMatrix w, int count, int threads, CancellationToken cancellation)
    {
        using var execution = Execution.On(threads, cancellation);
        using var gram = ScaledGram.Of(w, execution);
        using var vectors = SymmetricEigenvectors.Of(gram.Matrix, cancellation);
        var m = vectors.Values.Count;
        var least = Resolved * Resolved * vectors.Values[^1];
        return [.. Enumerable.Range(1, Math.Min(count, m)).TakeWhile(k => vectors.Values[m - k] > least).Select(k => vectors.Vector(m - k).ToArray())];
    }

    /// <summary>W v for every v: sigma u.</summary>
    private static (double[] Sigma, List<double[]> Vectors) Across(IMatrix w, List<double[]> vectors, int threads, CancellationToken cancellation)
    {
        var columns = new double[w.Columns * vectors.Count];
        for (var k = 0; k < vectors.Count; k++)
        {
            for (var i = 0; i < w.Columns; i++)
            {
                columns[(i * vectors.Count) + k] = vectors[k][i];
            }
        }

        var product = MatrixProduct.Of(w, new DenseMatrix(w.Columns, vectors.Count, columns), threads, cancellation);
        double[][] images = [.. vectors.Select((_, k) => Enumerable.Range(0, w.Rows).Select(i => product[i, k]).ToArray())];
        var sigma = Array.ConvertAll(images, image => Math.Sqrt(image.Sum(x => x * x)));
        return (sigma, [.. images.Select((image, k) => Array.ConvertAll(image, x => x / sigma[k]))]);
    }
}
