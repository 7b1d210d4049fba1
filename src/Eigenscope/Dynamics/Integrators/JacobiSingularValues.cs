using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>Singular values of a small matrix by rotations of pairs of columns until all are orthogonal (Hestenes 1958).</summary>
/// <remarks>Each singular value is right to a few eps sqrt(N) relative to itself where the columns differ in scale alone, else to the largest (Demmel and Veselic 1992). Allocates nothing.</remarks>
internal static class JacobiSingularValues
{
    private const int MostSweeps = 60;
    private const double Tolerance = 1e-15;

    /// <summary>Makes the columns orthogonal: W := W V with an orthogonal V.</summary>
    /// <param name="columns">The columns of W one after another; overwritten by left singular vectors times singular values, in no order.</param>
    /// <param name="n">The length of a column.</param>
    public static void Orthogonalize(Span<double> columns, int n)
    {
        var m = columns.Length / n;
        for (var (sweep, rotated) = (0, true); rotated && sweep < MostSweeps; sweep++)
        {
            rotated = false;
            for (var k = 1; k < m; k++)
            {
                for (var j = 0; j < k; j++)
                {
                    rotated |= Rotate(columns.Slice(j * n, n), columns.Slice(k * n, n));
                }
            }
        }
    }

    /// <summary>The squared lengths of columns that are orthogonal, ascending.</summary>
    public static void SquaredLengths(ReadOnlySpan<double> columns, int n, Span<double> lambda)
    {
        for (var k = 0; k < lambda.Length; k++)
        {
            lambda[k] = Lanes.Dot(columns.Slice(k * n, n), columns.Slice(k * n, n));
        }

        lambda.Sort();
    }

    private static bool Rotate(Span<double> a, Span<double> b)
    {
        var (aa, bb, ab) = (Lanes.Dot(a, a), Lanes.Dot(b, b), Lanes.Dot(a, b));
        if (!(Math.Abs(ab) > Tolerance * Math.Sqrt(aa) * Math.Sqrt(bb)))
        {
            return false;
        }

        var ratio = (bb - aa) / (2 * ab);
        var t = Math.CopySign(1, ratio) / (Math.Abs(ratio) + double.Hypot(1, ratio));
        var c = 1 / double.Hypot(1, t);
        var s = c * t;
        for (var i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = ((c * a[i]) - (s * b[i]), (s * a[i]) + (c * b[i]));
        }

        return true;
    }
}
