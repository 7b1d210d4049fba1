using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed unsafe class BulgeChaseTests
{
    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (var width in new[] { 24, 48, 96 })
            {
                foreach (var order in new[] { 1, 2, 3, 4, 23, 24, 25, 26, 48, 49, 50, 71, 97, 98, 145, 200 })
                {
                    cases.Add(order, width);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_a_tridiagonal_matrix_with_the_invariants_of_the_band(int order, int width)
    {
        var a = SymmetricMatrices.NormalBand(order, width, order);
        Chase(a, width, threads: 1).Dense().HasInvariantsOf(a);
    }

    /// <summary>More threads than sweeps in some cases, and groups that wait for each other in all.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Has_the_same_bits_on_any_number_of_threads(int order, int width)
    {
        var a = SymmetricMatrices.NormalBand(order, width, order + 1);
        var expected = Chase(a, width, threads: 1);
        foreach (var threads in new[] { 2, 3, 8 })
        {
            var t = Chase(a, width, threads);
            Assert.Equal(expected.Diagonal, t.Diagonal);
            Assert.Equal(expected.OffDiagonal, t.OffDiagonal);
        }
    }

    [Fact]
    public void Leaves_a_tridiagonal_matrix_as_it_is()
    {
        var a = Matrices.Of(100, 100, (i, j) => i == j ? i : Math.Abs(i - j) == 1 ? 1 + Math.Min(i, j) : 0);
        var t = Chase(a, 24, threads: 2);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), t.Diagonal);
        Assert.Equal(Enumerable.Range(0, 99).Select(i => 1.0 + i), t.OffDiagonal);
    }

    /// <summary>A band of ones has every reflector but few different numbers: sweeps in which nothing is left to clear come too.</summary>
    [Fact]
    public void Goes_on_where_a_sweep_finds_its_column_clear()
    {
        var a = Matrices.Of(120, 120, (i, j) => i == j ? 2 : Math.Abs(i - j) == 20 ? 1 : 0);
        var values = TridiagonalEigenvalues.Of(Chase(a, 24, threads: 1), 0, Execution.OneThread(CancellationToken.None));
        var chain = Enumerable.Range(1, 6).Select(k => 2 + (2 * Math.Cos(k * Math.PI / 7)));
        var expected = chain.SelectMany(value => Enumerable.Repeat(value, 20)).Order().ToList();
        Assert.All(Enumerable.Range(0, 120), k => Assert.Equal(expected[k], values[k], 120 * SymmetricMatrices.Tolerance(120)));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var band = SymmetricMatrices.NormalBand(300, 48, 1).InBand(48);
        using var step = new ChaseStep(band, 1);
        var next = 0;
        Allocations.None(() => step.Run(0, 0, next++));
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var band = SymmetricMatrices.NormalBand(100, 24, 1).InBand(24);
        using var execution = new Execution(TileKernel.Best, 2, new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => BulgeChase.Of(band, execution));
    }

    private static Tridiagonal Chase(DenseMatrix a, int width, int threads)
    {
        using var band = a.InBand(width);
        using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
        return BulgeChase.Of(band, execution);
    }
}
