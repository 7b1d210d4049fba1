using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class LeadingEigenvectorsTests
{
    private const double Factor = 8 * 2.220446049250313e-16;

    /// <summary>Sizes at and beside the limits of panels and blocks, and all the small ones.</summary>
    public static TheoryData<int> Orders => [.. Enumerable.Range(1, 70).Concat([95, 96, 97, 121, 144, 257])];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Satisfy_their_equation_and_are_orthogonal(int order) => Require(SymmetricMatrices.Normal(order, order).GramMatrix(), order);

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void Are_so_where_eigenvalues_are_equal(int order)
    {
        var x = new Draws(order).Normals(order);
        Require(Matrices.Of(order, order, (i, j) => i == j ? 1 : 0), order);
        Require(Matrices.Of(order, order, (i, j) => (i == j ? 1 : 0) + (x[i] * x[j])), order);
        Require(Matrices.Of(order, order, (i, j) => i / 5 == j / 5 ? (i == j ? 9 : 0) + (x[i % 5] * x[j % 5]) : 0), order);
        Require(Matrices.Of(order, order, (i, j) => i == j ? 1 + (i % 2) : 0), order);
        Require(Matrices.WithSingularValues(order, order, [.. Enumerable.Range(0, order).Select(k => 1 + (1e-9 * k))], order).GramMatrix(), order);
    }

    /// <summary>The band is wider from here on.</summary>
    [Fact]
    public void Are_so_for_a_large_matrix()
    {
        const int Order = 2500;
        var diagonals = new Draws(1).Normals(61 * Order);
        Require(Matrices.Of(Order, Order, (i, j) => Math.Abs(i - j) <= 60 ? diagonals[(Math.Abs(i - j) * Order) + Math.Min(i, j)] : 0), 30);
    }

    [Fact]
    public void Are_those_of_the_QL_algorithm_where_gaps_are_clear()
    {
        double[] sigma = [.. Enumerable.Range(1, 80).Select(k => (double)k)];
        var a = Matrices.WithSingularValues(80, 80, sigma, seed: 5).GramMatrix();
        using var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        using var all = a.InPanels();
        using var expected = SymmetricEigenvectors.Of(all, TestContext.Current.CancellationToken);
        using var actual = Leading(a, 50, execution);
        for (var k = 0; k < 50; k++)
        {
            var v = actual.Vector(k);
            var dot = v.Zip(expected.Vector(79 - k).ToArray(), (x, y) => x * y).Sum();
            Assert.Equal(1, Math.Abs(dot), 1e-13);
        }
    }

    [Theory]
    [InlineData(70)]
    [InlineData(257)]
    public void Have_the_same_bits_in_every_width_and_on_any_number_of_threads(int order)
    {
        var a = SymmetricMatrices.Normal(order, order).GramMatrix();
        var expected = Elements(a, 1, 1);
        foreach (var (lanes, threads) in new[] { (2, 1), (4, 1), (8, 1), (8, 2), (8, 3) })
        {
            Assert.Equal(expected, Elements(a, lanes, threads));
        }
    }

    [Fact]
    public void Come_with_the_eigenvalues_that_there_are_without_them()
    {
        var a = SymmetricMatrices.Normal(150, 3);
        using var execution = new Execution(TileKernel.Best, 2, TestContext.Current.CancellationToken);
        using var copy = a.InPanels();
        using var vectors = Leading(a, 10, execution);
        Assert.Equal(TridiagonalEigenvalues.Of(Tridiagonalization.Of(copy, execution), 0, execution), vectors.Values);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0.3, 2)]
    [InlineData(0.6, 1)]
    public void Belong_to_eigenvalues_above_a_share_of_the_largest(double least, int count)
    {
        using var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        using var a = Matrices.Diagonal(1, 2, 4, 0, -3).InPanels();
        using var vectors = LeadingEigenvectors.Of(a, 5, least, execution);
        Assert.Equal(count, vectors.Count);
    }

    [Fact]
    public void Stop_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        using var execution = new Execution(TileKernel.Best, 2, stop.Token);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Leading(SymmetricMatrices.Normal(100, 1), 5, execution));
    }

    /// <summary>Twenty-four vectors that are cut short by each stage in turn.</summary>
    [Fact]
    public unsafe void Both_factors_stop_when_told_to()
    {
        using var execution = Execution.OneThread(CancellationToken.None);
        using var a = SymmetricMatrices.Normal(100, 1).InPanels();
        using var stage1 = new BandFactors(a, 24);
        using var stage2 = new ChaseReflectors(100, 24);
        using var band = BandReduction.Of(a, 24, execution, stage1);
        BulgeChase.Of(band, execution, stage2);
        using var y = new AlignedBuffer(144 * Panel.Rows);
        Assert.Throws<OperationCanceledException>(() => stage1.Apply(y.Pointer, execution.Kernel, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => stage2.Apply(y.Pointer, new CancellationToken(canceled: true)));
    }

    /// <summary>The Gram route at M = 4096 holds no more than another triangle and a few vectors.</summary>
    [Fact]
    public void Take_half_a_square_beside_the_matrix() => Assert.InRange(LeadingEigenvectors.Doubles(4096, 48), SymmetricMatrix.Length(4096), 1.2 * SymmetricMatrix.Length(4096));

    private static LeadingEigenvectors Leading(DenseMatrix a, int count, Execution execution)
    {
        using var copy = a.InPanels();
        return LeadingEigenvectors.Of(copy, count, 0, execution);
    }

    private static double[] Elements(DenseMatrix a, int lanes, int threads)
    {
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
        using var vectors = Leading(a, 30, execution);
        return [.. vectors.Values, .. Enumerable.Range(0, vectors.Count).SelectMany(vectors.Vector)];
    }

    private static void Require(DenseMatrix a, int count)
    {
        using var execution = new Execution(TileKernel.Best, 2, TestContext.Current.CancellationToken);
        using var vectors = Leading(a, count, execution);
        var (n, norm) = (a.Rows, Math.Max(Math.Abs(vectors.Values[0]), Math.Abs(vectors.Values[^1])));
        var allowed = Factor * (Math.Sqrt(n) + 4);
        double[][] v = [.. Enumerable.Range(0, vectors.Count).Select(vectors.Vector)];
        Assert.NotEmpty(v);
        for (var k = 0; k < v.Length; k++)
        {
            var residual = a.Times(v[k]).Zip(v[k], (image, x) => image - (vectors.Values[n - 1 - k] * x)).Max(Math.Abs);
            Assert.InRange(residual, 0, allowed * norm);
            Assert.All(Enumerable.Range(0, k + 1), l => Assert.Equal(k == l ? 1 : 0, v[k].Zip(v[l], (x, y) => x * y).Sum(), allowed));
        }
    }
}
