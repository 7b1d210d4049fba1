using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class BandReductionTests
{
    /// <summary>Half-widths, and orders at and beside the limits of panels, blocks, chains and groups.</summary>
    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (var width in new[] { 24, 48, 72 })
            {
                foreach (var order in new[] { 1, 2, 23, 24, 25, 26, 47, 48, 49, 71, 72, 73, 96, 97, 119, 121, 145, 193, 217, 260 })
                {
                    cases.Add(order, width);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_a_band_with_the_invariants_of_the_matrix(int order, int width)
    {
        var a = SymmetricMatrices.Normal(order, order);
        using var band = Reduce(a, width, lanes: 8, threads: 1);
        Assert.Equal((order, width), (band.Order, band.Width));
        band.Dense().HasInvariantsOf(a);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Has_the_same_bits_in_every_width_and_on_any_number_of_threads(int order, int width)
    {
        var a = SymmetricMatrices.Normal(order, order + 1);
        var expected = Elements(a, width, lanes: 1, threads: 1);
        foreach (var (lanes, threads) in new[] { (2, 1), (4, 1), (8, 1), (8, 2), (8, 5) })
        {
            Assert.Equal(expected, Elements(a, width, lanes, threads));
        }
    }

    /// <summary>From this order on, blocks of A are fetched ahead of their use, past its end too.</summary>
    [Fact]
    public void Large_matrices_keep_trace_and_norm()
    {
        const int Order = 2501;
        using var a = new SymmetricMatrix(Order);
        var draws = new Draws(1);
        var (trace, square) = (0.0, 0.0);
        for (var i = 0; i < Order; i++)
        {
            (a[i, i], trace) = (i, trace + i);
            square += (double)i * i;
            for (var j = Math.Max(0, i - 60); j < i; j++)
            {
                var value = draws.Uniform() - 0.5;
                a[i, j] = value;
                if (i / Panel.Rows == j / Panel.Rows)
                {
                    a[j, i] = value;
                }

                square += 2 * value * value;
            }
        }

        using var execution = new Execution(TileKernel.Best, 2, CancellationToken.None);
        using var band = BandReduction.Of(a, 48, execution);
        var t = BulgeChase.Of(band, execution);
        Assert.Equal(trace, t.Diagonal.Sum(), Math.Sqrt(Order) * SymmetricMatrices.Tolerance(Order) * Math.Sqrt(square));
        Assert.Equal(square, t.Diagonal.Sum(d => d * d) + (2 * t.OffDiagonal.Sum(e => e * e)), 2 * SymmetricMatrices.Tolerance(Order) * square);
    }

    [Fact]
    public void Leaves_a_band_matrix_as_it_is()
    {
        var a = SymmetricMatrices.NormalBand(100, 24, 1);
        using var band = Reduce(a, 24, lanes: 8, threads: 1);
        var reduced = band.Dense();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(a[i, i], reduced[i, i], SymmetricMatrices.Tolerance(100) * Math.Sqrt(a.SquaredNorm()) * 100);
        }
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var a = SymmetricMatrices.Normal(100, 1).InPanels();
        using var execution = new Execution(TileKernel.Best, 2, new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => BandReduction.Of(a, 24, execution));
    }

    private static SymmetricBand Reduce(DenseMatrix a, int width, int lanes, int threads)
    {
        using var copy = a.InPanels();
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
        return BandReduction.Of(copy, width, execution);
    }

    private static double[] Elements(DenseMatrix a, int width, int lanes, int threads)
    {
        using var band = Reduce(a, width, lanes, threads);
        var dense = band.Dense();
        return [.. Enumerable.Range(0, a.Rows * a.Rows).Select(k => dense[k / a.Rows, k % a.Rows])];
    }
}
