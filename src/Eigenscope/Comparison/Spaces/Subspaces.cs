using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Comparison;

/// <summary>How two subspaces of one space, each spanned by k orthonormal vectors, lie to each other.</summary>
/// <remarks>
/// The cosines of the principal angles are the singular values of A^T B (Björck and Golub 1973). Where they are near 1 the angles come from the sines, the singular values of what of B lies
/// outside of A, since arccos would lose half of the digits.
/// </remarks>
/// <param name="Cosines">The cosines of the principal angles, descending, 0 to 1.</param>
/// <param name="Angles">The principal angles, ascending, in radians, 0 to pi / 2.</param>
/// <param name="Dimension">The dimension of the space around them.</param>
public sealed record Subspaces(IReadOnlyList<double> Cosines, IReadOnlyList<double> Angles, int Dimension)
{
    /// <summary>The mean squared cosine, 0 to 1: which part of one subspace lies in the other.</summary>
    public double Overlap => Cosines.Average(cosine => cosine * cosine);

    /// <summary>What <see cref="Overlap"/> is on average for random subspaces: k / n.</summary>
    public double ChanceOverlap => (double)Cosines.Count / Dimension;

    /// <summary>The distance on the Grassmann manifold: the root of the sum of squared angles.</summary>
    public double GrassmannDistance => Math.Sqrt(Angles.Sum(angle => angle * angle));

    /// <summary>The chordal distance: the root of the sum of squared sines.</summary>
    public double ChordalDistance => Math.Sqrt(Angles.Sum(angle => Math.Pow(Math.Sin(angle), 2)));

    /// <summary>Compares two subspaces.</summary>
    /// <param name="a">k orthonormal vectors, at least one.</param>
    /// <param name="b">As many orthonormal vectors of the same length.</param>
    /// <exception cref="ArgumentException">The counts or lengths differ.</exception>
    public static Subspaces Of(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b)
    {
        if (a.Count == 0 || a.Count != b.Count || a.Concat(b).Any(vector => vector.Length != a[0].Length))
        {
            throw new ArgumentException($"{a.Count} and {b.Count} vectors do not span subspaces of one dimension in one space", nameof(b));
        }

        var products = Products(a, b);
        double[] cosines = [.. Values(products).Reverse().Select(cosine => Math.Min(1, cosine))];
        double[] sines = [.. Values(ThinQr.Factor(Outside(a, b, products)))];
        return new(cosines, [.. cosines.Zip(sines, Angle)], a[0].Length);
    }

    private static double Angle(double cosine, double sine) => cosine * cosine < 0.5 ? Math.Acos(cosine) : Math.Asin(Math.Min(1, sine));

    /// <summary>Element (i, j) is the product of vector i of A and vector j of B.</summary>
    private static double[,] Products(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b)
    {
        var products = new double[a.Count, b.Count];
        for (var i = 0; i < a.Count; i++)
        {
            for (var j = 0; j < b.Count; j++)
            {
                products[i, j] = Lanes.Dot(a[i], b[j]);
            }
        }

        return products;
    }

    /// <summary>Vector j of B less its projection on A; their triangular factor has the same singular values.</summary>
    private static double[][] Outside(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b, double[,] products)
    {
        double[][] outside = [.. b.Select(vector => vector.AsSpan().ToArray())];
        for (var j = 0; j < outside.Length; j++)
        {
            for (var i = 0; i < a.Count; i++)
            {
                Subtract(products[i, j], a[i], outside[j]);
            }
        }

        return outside;
    }

    private static void Subtract(double factor, double[] x, double[] from)
    {
        for (var k = 0; k < x.Length; k++)
        {
            from[k] -= factor * x[k];
        }
    }

    /// <summary>Singular values, ascending.</summary>
    private static IReadOnlyList<double> Values(double[,] matrix) =>
        Spectrum.Of(new DenseMatrix(matrix.GetLength(0), matrix.GetLength(1), [.. matrix.Cast<double>()]), SpectrumRoute.Accurate).SingularValues;
}
