using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra;

/// <summary>Rotations of pairs of columns of a small matrix until all are orthogonal (Hestenes 1958): left singular vectors times singular values, in no order.</summary>
/// <remarks>Each singular value is right to a few eps sqrt(N) relative to itself where the columns differ in scale alone, else to the largest (Demmel and Veselic 1992). Allocates nothing.</remarks>
internal static class JacobiRotations
{
    private const int MostSweeps = 60;

    /// <summary>For short columns: the cosine up to which two of them count as orthogonal.</summary>
    private const double Tolerance = 1e-15;

    /// <summary>Makes short columns orthogonal: W := W V with an orthogonal V.</summary>
    /// <param name="columns">The columns of W one after another; overwritten.</param>
    /// <param name="n">The length of a column.</param>
    public static void Orthogonalize(Span<double> columns, int n) => Orthogonalize(columns, n, [], 0, Tolerance, CancellationToken.None);

    /// <summary>Makes columns orthogonal, and applies the same rotations to others: W := W V and X := X V.</summary>
    /// <param name="columns">The columns of W one after another; overwritten.</param>
    /// <param name="n">The length of a column of W.</param>
    /// <param name="others">The columns of X, as many; overwritten.</param>
    /// <param name="m">The length of a column of X.</param>
    /// <param name="tolerance">The cosine up to which two columns count as orthogonal, not below what a scalar product loses by rounding.</param>
    /// <param name="cancellation">Stops the work between sweeps.</param>
    public static void Orthogonalize(Span<double> columns, int n, Span<double> others, int m, double tolerance, CancellationToken cancellation)
    {
        var count = columns.Length / n;
        for (var (sweep, rotated) = (0, true); rotated && sweep < MostSweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            rotated = false;
            for (var k = 1; k < count; k++)
            {
                for (var j = 0; j < k; j++)
                {
                    if (Angle(columns.Slice(j * n, n), columns.Slice(k * n, n), tolerance) is var (c, s) && s != 0)
                    {
                        rotated = true;
                        Rotate(columns.Slice(j * n, n), columns.Slice(k * n, n), c, s);
                        Rotate(others.Slice(j * m, m), others.Slice(k * m, m), c, s);
                    }
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

    /// <summary>Cosine and sine of the rotation that makes two columns orthogonal; a sine of zero where they are.</summary>
    private static (double Cosine, double Sine) Angle(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double tolerance)
    {
        var (aa, bb, ab) = (Lanes.Dot(a, a), Lanes.Dot(b, b), Lanes.Dot(a, b));
        if (!(Math.Abs(ab) > tolerance * Math.Sqrt(aa) * Math.Sqrt(bb)))
        {
            return (1, 0);
        }

        var ratio = (bb - aa) / (2 * ab);
        var t = Math.CopySign(1, ratio) / (Math.Abs(ratio) + double.Hypot(1, ratio));
        var c = 1 / double.Hypot(1, t);
        return (c, c * t);
    }

    /// <summary>(a, b) := (c a - s b, s a + c b), each product rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rotate(Span<double> a, Span<double> b, double c, double s)
    {
        var (cosine, sine) = (Vector512.Create(c), Vector512.Create(s));
        var i = 0;
        for (; i <= a.Length - Lanes.Count; i += Lanes.Count)
        {
            var (x, y) = (Vector512.Create<double>(a[i..]), Vector512.Create<double>(b[i..]));
            ((cosine * x) - (sine * y)).CopyTo(a[i..]);
            ((sine * x) + (cosine * y)).CopyTo(b[i..]);
        }

        for (; i < a.Length; i++)
        {
            (a[i], b[i]) = ((c * a[i]) - (s * b[i]), (s * a[i]) + (c * b[i]));
        }
    }
}
