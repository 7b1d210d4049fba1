using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Spectra;

/// <summary>Matrices whose singular values are known.</summary>
public sealed class KnownSpectrumTests
{
    private static readonly SpectrumRoute[] BothRoutes = [SpectrumRoute.Gram, SpectrumRoute.Accurate];

    public static TheoryData<SpectrumRoute> Routes => [.. BothRoutes];

    public static TheoryData<SpectrumRoute, int> RoutesAndSizes
    {
        get
        {
            var rows = new TheoryData<SpectrumRoute, int>();
            foreach (var size in new[] { 1, 2, 8, 9, 24, 25, 47, 48, 49, 97, 129 })
            {
                rows.Add(SpectrumRoute.Gram, size);
                rows.Add(SpectrumRoute.Accurate, size);
            }

            return rows;
        }
    }

    public static MatrixTheoryData<SpectrumRoute, int, int> RepeatedRowShapes { get; } = new(BothRoutes, [300, 1000, 3000], [8, 45, 97]);

    /// <summary>Exponents of rows and columns: exact dense matrices of whole-numbered singular values.</summary>
    public static TheoryData<int, int> HadamardShapes => [(1, 1), (2, 2), (4, 2), (2, 4), (3, 3), (5, 5), (4, 6), (6, 4), (6, 6), (8, 4), (5, 7), (7, 7)];

    [Theory]
    [MemberData(nameof(RoutesAndSizes))]
    public void Diagonal(SpectrumRoute route, int n)
    {
        var diagonal = new Draws(n).Normals(n);
        Accuracy.HasSingularValues(Matrices.Diagonal(diagonal), route, diagonal.Select(Math.Abs));
        Accuracy.HasSingularValues(Matrices.Diagonal(n + 5, n, diagonal), route, diagonal.Select(Math.Abs));
    }

    [Theory]
    [MemberData(nameof(RoutesAndSizes))]
    public void Identity(SpectrumRoute route, int n)
    {
        var spectrum = Accuracy.Of(Matrices.Diagonal([.. Enumerable.Repeat(1.0, n)]), route);
        Accuracy.Near(Enumerable.Repeat(1.0, n), spectrum.SingularValues, 2 * Accuracy.Epsilon);
        Assert.Equal(0, spectrum.CountAtFloor);
    }

    [Theory]
    [MemberData(nameof(RoutesAndSizes))]
    public void Zero(SpectrumRoute route, int n)
    {
        var spectrum = Accuracy.Of(Matrices.Of(n, n + 1, (i, j) => 0), route);
        Assert.Equal(new double[n], spectrum.SingularValues);
        Assert.Equal(new double[n], spectrum.Eigenvalues);
        Assert.Equal((0, n), (spectrum.Floor, spectrum.CountAtFloor));
    }

    [Theory]
    [MemberData(nameof(RoutesAndSizes))]
    public void Rank_one(SpectrumRoute route, int n)
    {
        var (u, v) = (new Draws(1).Normals(n + 3), new Draws(2).Normals(n));
        var sigma = Math.Sqrt(u.Sum(x => x * x) * v.Sum(x => x * x));
        Accuracy.HasSingularValues(Matrices.Of(n + 3, n, (i, j) => u[i] * v[j]), route, Enumerable.Repeat(0.0, n - 1).Append(sigma), 1e-28 * sigma * sigma);
    }

    /// <summary>
    /// Five rows of their own and k equal ones have the spectrum of six rows, one of them sqrt(k) times as long. The errors of a sum over equal rows all
    /// have one sign, and must not grow with k.
    /// </summary>
    [Theory]
    [MemberData(nameof(RepeatedRowShapes))]
    public void Repeated_rows(SpectrumRoute route, int rows, int columns)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var different = Matrices.Normal(6, columns, seed);
            var w = Matrices.Of(rows, columns, (i, j) => different[Math.Max(0, i - rows + 6), j]);
            var sigma = Accuracy.Of(Matrices.Of(6, columns, (i, j) => different[i, j] * (i == 0 ? Math.Sqrt(rows - 5) : 1)), SpectrumRoute.Accurate).SingularValues;
            var expected = Enumerable.Repeat(0.0, Math.Min(rows, columns) - 6).Concat(sigma).ToList();
            Accuracy.HasSingularValues(w, route, expected);
            Accuracy.HasSingularValues(w.Transposed(), route, expected);
        }
    }

    /// <summary>k equal rows beside zeros have one singular value: sqrt(k) times the length of the row.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public void Duplicated_rows_beside_zeros(SpectrumRoute route)
    {
        var row = new Draws(3).Normals(40);
        var w = Matrices.Of(60, 40, (i, j) => i % 2 == 0 ? row[j] : 0);
        Accuracy.HasSingularValues(w, route, Enumerable.Repeat(0.0, 39).Append(Math.Sqrt(30 * row.Sum(x => x * x))));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void One_row_or_one_column(SpectrumRoute route)
    {
        foreach (var n in new[] { 1, 2, 7, 8, 9, 255, 256, 257, 1000, 5000 })
        {
            var w = Matrices.Normal(1, n, n);
            double[] sigma = [Math.Sqrt(w.SquaredNorm())];
            Accuracy.HasSingularValues(w, route, sigma);
            Accuracy.HasSingularValues(w.Transposed(), route, sigma);
        }
    }

    [Theory]
    [MemberData(nameof(HadamardShapes))]
    public void Whole_numbers_in_a_dense_matrix(int rowExponent, int columnExponent)
    {
        var (rows, columns) = (1 << rowExponent, 1 << columnExponent);
        double[] sigma = [.. Enumerable.Range(0, Math.Min(rows, columns)).Select(k => (double)(k % 20))];
        foreach (var route in BothRoutes)
        {
            Accuracy.HasSingularValues(Matrices.Hadamard(rows, columns, sigma), route, sigma);
        }
    }

    /// <summary>1, 1/2, ..., 2^-40: no element is rounded, so the smallest, 9e-13, has to come out within 1e-14.</summary>
    [Fact]
    public void Powers_of_two_down_to_1e_12_in_a_dense_matrix()
    {
        double[] sigma = [.. Enumerable.Range(0, 41).Select(k => Math.ScaleB(1, -k)), .. new double[23]];
        foreach (var route in BothRoutes)
        {
            Accuracy.HasSingularValues(Matrices.Hadamard(256, 64, sigma), route, sigma);
        }
    }

    [Theory]
    [InlineData(60, 40)]
    [InlineData(49, 49)]
    [InlineData(97, 257)]
    public void Log_spaced_down_to_1e_12(int rows, int columns)
    {
        var m = Math.Min(rows, columns);
        double[] sigma = [.. Enumerable.Range(0, m).Select(k => Math.Pow(10, -12.0 * k / (m - 1)))];
        var w = Matrices.WithSingularValues(rows, columns, sigma, 9);
        foreach (var route in BothRoutes)
        {
            Accuracy.Near(sigma.Reverse().Select(s => s * s), Accuracy.Of(w, route).Eigenvalues, Accuracy.Lambda(route, m, 1));
        }

        Accuracy.Near(sigma.Reverse(), Accuracy.Of(w, SpectrumRoute.Accurate).SingularValues, Accuracy.Sigma(SpectrumRoute.Accurate, m, 1));
    }

    /// <summary>Clusters of equal and of nearly equal values.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public void Clusters(SpectrumRoute route)
    {
        double[] sigma = [.. Enumerable.Repeat(3.0, 30), .. Enumerable.Repeat(2.0, 33), .. Enumerable.Range(0, 30).Select(k => 1 + (k * 1e-15)), 1e-3, 1e-3, 0];
        var w = Matrices.WithSingularValues(130, sigma.Length, sigma, 4);
        Accuracy.HasSingularValues(w, route, sigma, Accuracy.OfRotation(w, 3));
    }

    /// <summary>The second difference: 2 - 2 cos(k pi / (n + 1)); its condition number grows as n^2.</summary>
    [Theory]
    [MemberData(nameof(RoutesAndSizes))]
    public void Second_difference(SpectrumRoute route, int n)
    {
        var w = Matrices.Of(n, n, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0);
        Accuracy.HasSingularValues(w, route, Enumerable.Range(1, n).Select(k => 4 * Math.Pow(Math.Sin(k * Math.PI / (2 * (n + 1))), 2)));
    }

    /// <summary>W21+ (Wilkinson 1965, p. 308): pairs that agree to fourteen decimals.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public void Wilkinson(SpectrumRoute route)
    {
        var spectrum = Accuracy.Of(Matrices.Of(21, 21, (i, j) => i == j ? Math.Abs(i - 10) : Math.Abs(i - j) == 1 ? 1 : 0), route);
        Accuracy.Near([10.746194182903322, 10.746194182903393], spectrum.SingularValues.TakeLast(2), Accuracy.Lambda(route, 21, 10.75) / 10);
        Assert.Equal(770 + 40, spectrum.Eigenvalues.Sum(), 21 * Accuracy.Lambda(route, 21, 10.75));
    }

    /// <summary>Element (i, j) is 1 / (i + j + 1). The largest eigenvalue of order 3 and the determinant of order 4 are classical.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public void Hilbert(SpectrumRoute route)
    {
        Assert.Equal(1.4083189271236539, Accuracy.Of(HilbertMatrix(3), route).Largest, 1e-14);
        Assert.Equal(1.0 / 6_048_000, Accuracy.Of(HilbertMatrix(4), route).SingularValues.Aggregate(1.0, (x, y) => x * y), 1e-13);
        Accuracy.Near(Accuracy.Of(HilbertMatrix(12), SpectrumRoute.Accurate).Eigenvalues, Accuracy.Of(HilbertMatrix(12), route).Eigenvalues, Accuracy.Lambda(route, 12, 2));
    }

    /// <summary>By the accurate route the order 8 Hilbert matrix keeps its smallest singular value, 1.1115e-10, within 1e-14 sigma_max.</summary>
    [Fact]
    public void Hilbert_of_order_eight_keeps_its_smallest_value() =>
        Assert.Equal(1.1115389663724e-10, Accuracy.Of(HilbertMatrix(8), SpectrumRoute.Accurate).SingularValues[0], 1.7e-14);

    /// <summary>Rows graded over 280 orders of magnitude, orthogonal and exact: their lengths are the singular values.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public void Graded(SpectrumRoute route)
    {
        double[] sigma = [.. Enumerable.Range(0, 64).Select(k => Math.ScaleB(1, -15 * k))];
        var (down, up) = (Matrices.Of(64, 64, (i, j) => Matrices.Walsh(i, j) / 8.0 * sigma[i]), Matrices.Of(64, 64, (i, j) => Matrices.Walsh(i, j) / 8.0 * sigma[63 - i]));
        foreach (var w in new[] { Matrices.Diagonal(sigma), down, up })
        {
            Accuracy.HasSingularValues(w, route, sigma);
            Accuracy.HasSingularValues(w.Transposed(), route, sigma);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Extreme_scales_have_a_defined_spectrum(SpectrumRoute route)
    {
        var w = Matrices.Hadamard(16, 4, [4, 3, 2, 1]);
        foreach (var scale in new[] { 1e30, 1e-30, 1e150, 1e-150, Math.ScaleB(1, 1000), Math.ScaleB(1, -1000), Math.ScaleB(1, -1060) })
        {
            Accuracy.Near([scale, 2 * scale, 3 * scale, 4 * scale], Accuracy.Of(w.Times(scale), route).SingularValues, (1e-13 * 4 * scale) + (4 * double.Epsilon * scale));
        }

        Assert.Equal([3 * double.Epsilon, 4 * double.Epsilon], Accuracy.Of(Matrices.Diagonal(4 * double.Epsilon, 3 * double.Epsilon), route).SingularValues);
    }

    private static DenseMatrix HilbertMatrix(int n) => Matrices.Of(n, n, (i, j) => 1.0 / (i + j + 1));
}
