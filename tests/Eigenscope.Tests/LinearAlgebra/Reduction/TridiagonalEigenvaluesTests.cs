using Eigenscope.LinearAlgebra;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class TridiagonalEigenvaluesTests
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// A Sturm count is exact for a matrix within a few eps of T, the bracket is at most eps/2 max|T| wide; the closed forms and the
    /// rounding of sqrt in the elements add a few more.
    /// </summary>
    private static double Tolerance(Tridiagonal t) => 4 * Epsilon * t.Bounds().Norm;

    public static TheoryData<int> Orders => [1, 2, 3, 5, 31, 32, 33, 63, 64, 65, 129, 300];

    private static Gen<Tridiagonal> Any { get; } =
        from order in Gen.Choose(1, 80)
        from seed in Gen.Choose(1, 1_000_000)
        from grading in Gen.Choose(0, 1)
        from splits in Gen.Choose(0, 3)
        select Random(order, seed, grading, splits);

    [Theory]
    [MemberData(nameof(Orders))]
    public void Second_difference(int n) =>
        Matches(Toeplitz(n, 2, -1), Enumerable.Range(1, n).Select(k => 4 * Square(Math.Sin(k * Math.PI / (2 * (n + 1))))));

    [Theory]
    [MemberData(nameof(Orders))]
    public void Chain_of_equal_links(int n) =>
        Matches(Toeplitz(n, 0, 1), Enumerable.Range(1, n).Select(k => 2 * Math.Sin(((2 * k) - n - 1) * Math.PI / (2 * (n + 1)))));

    /// <summary>The Kac-Sylvester-Clement matrix: whole numbers n - 1, n - 3, ..., 1 - n.</summary>
    [Theory]
    [MemberData(nameof(Orders))]
    public void Clement(int n) => Matches(
        new Tridiagonal(new double[n], [.. Enumerable.Range(1, n - 1).Select(k => Math.Sqrt((double)k * (n - k)))]),
        Enumerable.Range(0, n).Select(k => (2.0 * k) - n + 1));

    /// <summary>W21+ (Wilkinson 1965, p. 308): its two largest eigenvalues agree to fourteen decimals.</summary>
    [Fact]
    public void Wilkinson()
    {
        var values = Of(new Tridiagonal([.. Enumerable.Range(-10, 21).Select(i => (double)Math.Abs(i))], [.. Enumerable.Repeat(1.0, 20)]), 0);
        Assert.Equal(10.746194182903393, values[20], 1e-14);
        Assert.Equal(10.746194182903322, values[19], 1e-14);
        Assert.Equal(-1.1254415221199814, values[0], 1e-14);
        Assert.Equal(110, values.Sum(), 1e-13);
    }

    [Fact]
    public void Agrees_with_Sturm_counts_on_both_sides() => Property.Holds(Any, 60, t =>
    {
        var values = Of(t, 0);
        Assert.Equal(values.Order(), values);
        for (var k = 0; k < values.Length; k++)
        {
            Assert.InRange(Below(t, values[k] - Tolerance(t)), 0, k);
            Assert.InRange(Below(t, values[k] + Tolerance(t)), k + 1, t.Order);
        }
    });

    [Fact]
    public void Gives_the_same_bits_for_any_range_of_indices() => Property.Holds(Any, 40, t =>
    {
        var whole = Of(t, 0);
        foreach (var first in new[] { 1, t.Order / 2, t.Order - 1 }.Where(first => first < t.Order))
        {
            Assert.Equal(whole[first..], Of(t, first));
        }
    });

    [Fact]
    public void Gives_the_same_bits_on_any_number_of_threads()
    {
        var t = Random(500, 1, 0, 3);
        using var execution = new Execution(TileKernel.Best, 3, CancellationToken.None);
        Assert.Equal(Of(t, 0), TridiagonalEigenvalues.Of(t, 0, execution));
    }

    [Fact]
    public void Scales_with_powers_of_two() => Property.Holds(Any, 40, t =>
    {
        var scaled = new Tridiagonal(Array.ConvertAll(t.Diagonal, d => d * 1024), Array.ConvertAll(t.OffDiagonal, e => e * 1024));
        Assert.Equal(Of(t, 0).Select(value => value * 1024), Of(scaled, 0));
    });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 32)]
    [InlineData(31, 33)]
    public void Takes_a_split_matrix_apart(int n, int m)
    {
        var whole = new Tridiagonal([.. Toeplitz(n, 2, -1).Diagonal, 7, .. Toeplitz(m, 2, -1).Diagonal], [.. Toeplitz(n, 2, -1).OffDiagonal, 0, 0, .. Toeplitz(m, 2, -1).OffDiagonal]);
        Matches(whole, Of(Toeplitz(n, 2, -1), 0).Concat(Of(Toeplitz(m, 2, -1), 0)).Append(7).Order());
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Diagonal_and_zero(int n)
    {
        var diagonal = new Draws(n).Normals(n);
        Matches(new Tridiagonal(diagonal, new double[n - 1]), diagonal.Order());
        Assert.Equal(new double[n], Of(new Tridiagonal(new double[n], new double[n - 1]), 0));
    }

    /// <summary>Glued blocks with couplings at the rounding level: a cluster of equal eigenvalues.</summary>
    [Fact]
    public void Clusters_keep_their_count()
    {
        var block = Toeplitz(7, 2, -1);
        var diagonal = Enumerable.Repeat(block.Diagonal, 10).SelectMany(d => d).ToArray();
        var beside = Enumerable.Repeat(block.OffDiagonal.Append(1e-17), 10).SelectMany(e => e).SkipLast(1).ToArray();
        Matches(new Tridiagonal(diagonal, beside), Of(block, 0).SelectMany(value => Enumerable.Repeat(value, 10)));
    }

    private static void Matches(Tridiagonal t, IEnumerable<double> expected)
    {
        var actual = Of(t, 0);
        var exact = expected.ToArray();
        Assert.Equal(t.Order, exact.Length);
        Assert.All(exact, (value, k) => Assert.Equal(value, actual[k], Tolerance(t)));
    }

    private static double[] Of(Tridiagonal t, int first) => TridiagonalEigenvalues.Of(t, first, Execution.OneThread(CancellationToken.None));

    private static Tridiagonal Toeplitz(int n, double diagonal, double beside) =>
        new([.. Enumerable.Repeat(diagonal, n)], [.. Enumerable.Repeat(beside, n - 1)]);

    private static Tridiagonal Random(int order, int seed, int grading, int splits)
    {
        var draws = new Draws(seed);
        var t = new Tridiagonal(draws.Normals(order), draws.Normals(order - 1));
        for (var i = 0; i < order - 1; i++)
        {
            var scale = Math.Pow(2, -grading * i);
            (t.Diagonal[i], t.OffDiagonal[i]) = (t.Diagonal[i] * scale, t.OffDiagonal[i] * scale);
        }

        for (var split = 0; split < splits && order > 1; split++)
        {
            t.OffDiagonal[draws.Below(order - 1)] = 0;
        }

        return t;
    }

    /// <summary>How many eigenvalues lie below x: the negative pivots of T - x.</summary>
    private static int Below(Tridiagonal t, double x)
    {
        var (count, q) = (0, 1.0);
        for (var i = 0; i < t.Order; i++)
        {
            var e = i == 0 ? 0 : t.OffDiagonal[i - 1];
            q = t.Diagonal[i] - x - (e == 0 ? 0 : e * e / q);
            q = q == 0 ? -double.Epsilon : q;
            count += q < 0 ? 1 : 0;
        }

        return count;
    }

    private static double Square(double x) => x * x;
}
