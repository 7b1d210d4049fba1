using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>
/// A small matrix A = U diag(sigma) V^T by rotations that make its columns orthogonal (Hestenes 1958); for tens to a few hundred columns.
/// </summary>
/// <remarks>|A - U diag(sigma) V^T| is of order n eps |A|, and U and V are orthonormal to n eps: small singular values lose nothing by being squared, as by the Gram matrix.</remarks>
/// <param name="SingularValues">sigma, descending.</param>
/// <param name="Left">The columns of U, each as long as A has rows; those of a zero sigma are zero.</param>
/// <param name="Right">The columns of V.</param>
internal sealed record JacobiSvd(double[] SingularValues, double[][] Left, double[][] Right)
{
    private const double Epsilon = 2.220446049250313e-16;
    private const int MostSweeps = 60;

    /// <summary>Decomposes the matrix of the given columns, which are overwritten; there are at most as many as rows.</summary>
    public static JacobiSvd Of(double[][] columns, CancellationToken cancellation)
    {
        var n = columns.Length;
        var right = new double[n][];
        for (var k = 0; k < n; k++)
        {
            right[k] = new double[n];
            right[k][k] = 1;
        }

        for (var sweep = 0; sweep < MostSweeps && Sweep(columns, right); sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        double[] norms = [.. columns.Select(column => Math.Sqrt(Lanes.Dot(column, column)))];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => norms[k])];
        return new(
            [.. order.Select(k => norms[k])],
            [.. order.Select(k => norms[k] > 0 ? Array.ConvertAll(columns[k], x => x / norms[k]) : columns[k])],
            [.. order.Select(k => right[k])]);
    }

    /// <summary>Rotates every pair of columns once; false where all were orthogonal already.</summary>
    private static bool Sweep(double[][] columns, double[][] right)
    {
        var rotated = false;
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = i + 1; j < columns.Length; j++)
            {
                double a = Lanes.Dot(columns[i], columns[i]), b = Lanes.Dot(columns[j], columns[j]), c = Lanes.Dot(columns[i], columns[j]);
                if (Math.Abs(c) <= columns[i].Length * Epsilon * Math.Sqrt(a) * Math.Sqrt(b))
                {
                    continue;
                }

                rotated = true;
                var zeta = (b - a) / (2 * c);
                var t = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + double.Hypot(1, zeta));
                var cosine = 1 / double.Hypot(1, t);
                Rotate(columns[i], columns[j], cosine, cosine * t);
                Rotate(right[i], right[j], cosine, cosine * t);
            }
        }

        return rotated;
    }

    private static void Rotate(double[] x, double[] y, double c, double s)
    {
        for (var k = 0; k < x.Length; k++)
        {
            (x[k], y[k]) = ((c * x[k]) - (s * y[k]), (s * x[k]) + (c * y[k]));
        }
    }
}
