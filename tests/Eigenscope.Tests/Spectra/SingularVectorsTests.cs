using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Transforms;
using Xunit;

namespace Eigenscope.Tests.Spectra;

public sealed class SingularVectorsTests
{
    private const double Epsilon = 2.220446049250313e-16;

    [Fact]
    public void Decompose_any_matrix() => Property.Holds(Shape.Any, shape => shape.Simpler(), 60, shape => Require(Matrices.Normal(shape.Rows, shape.Columns, shape.Seed)));

    [Theory]
    [MemberData(nameof(Shape.AtBlockLimits), MemberType = typeof(Shape))]
    public void Decompose_at_the_limits_of_blocks(int rows, int columns) => Require(Matrices.Normal(rows, columns, rows + columns));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(500, 80)]
    [InlineData(80, 500)]
    [InlineData(513, 512)]
    public void Decompose_long_and_large_matrices(int rows, int columns) => Require(Matrices.Normal(rows, columns, 3));

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    [InlineData(1e300)]
    public void Decompose_at_every_scale(double scale)
    {
        Require(Matrices.Normal(40, 30, 1).Times(scale));
        Require(Matrices.Normal(70, 90, 1).Times(scale));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(30, 20)]
    [InlineData(20, 30)]
    [InlineData(100, 100)]
    [InlineData(150, 100)]
    [InlineData(100, 150)]
    public void Find_known_values(int rows, int columns)
    {
        var n = Math.Min(rows, columns);
        double[][] spectra =
        [
            [.. Enumerable.Range(0, n).Select(k => (double)(n - k))],
            [.. Enumerable.Range(0, n).Select(k => Math.Pow(10, -14.0 * k / (n - 1)))],
            [.. Enumerable.Range(0, n).Select(k => k < n / 2 ? 1 : 0.1)],
            [.. Enumerable.Range(0, n).Select(k => k < 2 ? 3 : k < n - 3 ? 1e-5 : 1e-11)],
            [.. Enumerable.Range(0, n).Select(k => k < 5 ? 2.0 : 0)],
            [1, .. new double[n - 1]],
            new double[n],
            [.. Enumerable.Repeat(1.0, n)],
        ];
        foreach (var sigma in spectra)
        {
            var found = Require(Matrices.WithSingularValues(rows, columns, sigma, seed: n));
            Assert.All(sigma.Zip(found.Values), pair => Assert.Equal(pair.First, pair.Second, Math.Max(Bound(rows, columns, sigma[0]), double.Epsilon)));
        }
    }

    [Fact]
    public void Values_that_are_nothing_beside_the_largest_are_zero()
    {
        double[] sigma = [5, 3, 3, 1, .. new double[86]];
        var found = Require(Matrices.WithSingularValues(90, 120, sigma, seed: 4));
        Assert.Equal(86, found.Values.Count(value => value == 0));
        Assert.Equal(4, found.Rank(1e-10));
        Assert.Equal(3, found.Rank(0.5));
    }

    [Theory]
    [InlineData(130, 97)]
    [InlineData(97, 130)]
    [InlineData(50, 60)]
    public void The_leading_ones_are_the_first_of_all(int rows, int columns)
    {
        var w = RowMajorOf(Matrices.Normal(rows, columns, 9));
        var all = SingularVectors.Of(w, Here());
        foreach (var count in new[] { 1, 5, 40, 1000 })
        {
            var some = SingularVectors.Of(w, count, Here());
            Assert.Equal(Math.Min(count, Math.Min(rows, columns)), some.Count);
            Assert.Equal((some.Count, rows, some.Count, columns), (some.Left.Rows, some.Left.Columns, some.Right.Rows, some.Right.Columns));
            Assert.Equal(all.Values[..some.Count], some.Values);
            Assert.Equal(all.Left.Elements[..some.Left.Count], some.Left.Elements);
            Assert.Equal(all.Right.Elements[..some.Right.Count], some.Right.Elements);
        }
    }

    [Theory]
    [InlineData(40, 30)]
    [InlineData(300, 290)]
    [InlineData(90, 700)]
    public void Have_the_same_bits_for_any_number_of_threads(int rows, int columns)
    {
        double[] sigma = [.. Enumerable.Range(0, Math.Min(rows, columns)).Select(k => k < 25 ? Math.Pow(3, -k) : 0)];
        foreach (var w in new[] { Matrices.Normal(rows, columns, 5), Matrices.WithSingularValues(rows, columns, sigma, seed: 6) })
        {
            using var three = new Execution(TileKernel.Best, 3, TestContext.Current.CancellationToken);
            var (a, b) = (SingularVectors.Of(RowMajorOf(w), Here()), SingularVectors.Of(RowMajorOf(w), three));
            Assert.Equal(a.Values, b.Values);
            Assert.Equal(a.Left.Values, b.Left.Values);
            Assert.Equal(a.Right.Values, b.Right.Values);
        }
    }

    [Fact]
    public void Leave_the_matrix_as_it_is()
    {
        var w = RowMajorOf(Matrices.Normal(20, 30, 1));
        double[] before = [.. w.Values];
        SingularVectors.Of(w, Here());
        Assert.Equal(before, w.Values);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Refuse_what_is_no_number(double value)
    {
        var w = RowMajorOf(Matrices.Normal(9, 7, 1).With(4, 2, value));
        var error = Assert.Throws<NonFiniteElementException>(() => SingularVectors.Of(w, Here()));
        Assert.Equal((4, 2), (error.Row, error.Column));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("ft1")]
    [InlineData("ft2")]
    [InlineData("ft3")]
    [InlineData("other")]
    [InlineData("delta1")]
    [InlineData("delta2")]
    [InlineData("delta3")]
    public void Have_the_recorded_values(string name)
    {
        var w = name.StartsWith("delta", StringComparison.Ordinal) ? SpectralReference.Change("", name[^1] - '0') : SpectralReference.Array($"inputs/{name}");
        var expected = SpectralReference.Numbers("singular_values", name).Doubles();
        var found = SingularVectors.Of(w, Here()).Values;
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    /// <summary>The error that W, its values and their sum may have: n eps sigma_1 with n the longer side, and a few more for short ones.</summary>
    private static double Bound(int rows, int columns, double largest) => (Math.Max(rows, columns) + 40) * Epsilon * largest;

    private static SingularVectors Require(DenseMatrix w)
    {
        var found = SingularVectors.Of(RowMajorOf(w), Here());
        var n = Math.Min(w.Rows, w.Columns);
        Assert.Equal(n, found.Count);
        Assert.Equal(found.Values.OrderDescending(), found.Values);
        Assert.All(found.Values, value => Assert.True(value >= 0));
        RequireOrthonormal(found.Left);
        RequireOrthonormal(found.Right);
        var product = found.Product(found.Values, Here());
        var largest = found.Values[0];
        var scale = largest > 0 ? largest : 1;
        var error = Math.Sqrt(Enumerable.Range(0, product.Count).Sum(i => Math.Pow((product.Values[i] - w[i / w.Columns, i % w.Columns]) / scale, 2)));
        Assert.True(error <= 2 * Bound(w.Rows, w.Columns, 1), $"{w.Rows} x {w.Columns}: {error}");
        return found;
    }

    private static void RequireOrthonormal(RowMajor vectors)
    {
        for (var i = 0; i < vectors.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Lanes.Dot(vectors.Row(i), vectors.Row(j)), Bound(vectors.Rows, vectors.Columns, 1));
            }
        }
    }

    private static RowMajor RowMajorOf(DenseMatrix w)
    {
        var matrix = new RowMajor(w.Rows, w.Columns);
        w.Values.Span.CopyTo(matrix.Elements);
        return matrix;
    }

    private static Execution Here() => Execution.OneThread(TestContext.Current.CancellationToken);
}
