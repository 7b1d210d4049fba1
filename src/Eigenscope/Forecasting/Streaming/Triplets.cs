using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Forecasting;

/// <summary>k singular values of a matrix with their vectors: U diag(sigma) V^T.</summary>
/// <param name="SingularValues">sigma, descending.</param>
/// <param name="Left">The columns of U, orthonormal, on the longer side.</param>
/// <param name="Right">The columns of V, orthonormal, on the shorter side.</param>
internal sealed record Triplets(double[] SingularValues, double[][] Left, double[][] Right)
{
    /// <summary>Up to here a whole matrix is decomposed by rotations, which keep small singular values.</summary>
    private const int MostRotated = 256;

    /// <summary>Of a matrix N x M, N at least M: its k largest. Where they are fewer, because the others are zero, vectors of zeros are made up to k.</summary>
    public static Triplets Of(IMatrix w, int k, int threads, CancellationToken cancellation)
    {
        if (w.Columns <= MostRotated)
        {
            var svd = JacobiSvd.Of(Entries.Vectors(new DenseMatrix(w.Rows, w.Columns, Entries.Of(w))), cancellation);
            return Completed([.. svd.SingularValues.Take(k)], svd.Left, [.. svd.Right.Take(k)], k);
        }

        var vectors = LeadingVectors.Of(w, k, threads, cancellation);
        return Completed([.. vectors.SingularValues], vectors.Left, vectors.Right, k);
    }

    /// <summary>Exactly k triplets: what is missing has sigma = 0 and any directions.</summary>
    private static Triplets Completed(double[] sigma, IReadOnlyList<double[]> left, IReadOnlyList<double[]> right, int k)
    {
        var known = sigma.TakeWhile(value => value > 0).Count();
        var (n, m) = (left.Count > 0 ? left[0].Length : 0, right.Count > 0 ? right[0].Length : 0);
        return new([.. sigma.Take(known), .. new double[k - known]], Filled(left.Take(known), n, k), Filled(right.Take(known), m, k));
    }

    private static double[][] Filled(IEnumerable<double[]> vectors, int length, int k)
    {
        var basis = Orthonormal.Of(vectors.Select(vector => (double[])vector.Clone()));
        return [.. basis, .. Orthonormal.Complement(basis, Enumerable.Range(0, length).Select(i => Unit(i, length)), 0).Take(k - basis.Length)];
    }

    private static double[] Unit(int place, int length)
    {
        var unit = new double[length];
        unit[place] = 1;
        return unit;
    }
}
