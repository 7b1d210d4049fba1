namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A small matrix A = U diag(sigma) V^T by rotations that make its columns orthogonal (see <see cref="JacobiRotations"/>); for tens to a few hundred columns.
/// </summary>
/// <remarks>|A - U diag(sigma) V^T| is of order n eps |A|, and U and V are orthonormal to n eps: small singular values lose nothing by being squared, as by the Gram matrix.</remarks>
/// <param name="SingularValues">sigma, descending.</param>
/// <param name="Left">The columns of U, each as long as A has rows; those of a zero sigma are zero.</param>
/// <param name="Right">The columns of V.</param>
internal sealed record JacobiSvd(double[] SingularValues, double[][] Left, double[][] Right)
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Decomposes the matrix of the given columns; there are at most as many as rows.</summary>
    public static JacobiSvd Of(double[][] columns, CancellationToken cancellation)
    {
        var (n, length) = (columns.Length, columns[0].Length);
        var (images, right) = (new RowMajor(n, length), new RowMajor(n, n));
        for (var k = 0; k < n; k++)
        {
            columns[k].CopyTo(images.Row(k));
            right.Row(k)[k] = 1;
        }

        JacobiRotations.Orthogonalize(images.Elements, length, right.Elements, n, length * Epsilon, cancellation);
        double[] norms = [.. Enumerable.Range(0, n).Select(k => Math.Sqrt(Lanes.Dot(images.Row(k), images.Row(k))))];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => norms[k])];
        return new(
            [.. order.Select(k => norms[k])],
            [.. order.Select(k => norms[k] > 0 ? Array.ConvertAll(images.Row(k).ToArray(), x => x / norms[k]) : images.Row(k).ToArray())],
            [.. order.Select(k => right.Row(k).ToArray())]);
    }
}
