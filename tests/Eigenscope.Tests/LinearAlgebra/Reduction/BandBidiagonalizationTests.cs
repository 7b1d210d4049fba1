using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class BandBidiagonalizationTests
{
    [Theory]
    [MemberData(nameof(Shape.AtBlockLimits), MemberType = typeof(Shape))]
    public void Keeps_the_Frobenius_norm(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, rows);
        foreach (var width in new[] { 24, 48 })
        {
            var (band, scale) = BandBidiagonalization.Of(w, width, Execution.OneThread(CancellationToken.None));
            using (band)
            {
                var (order, norm) = (2 * Math.Min(rows, columns), Math.Sqrt(w.SquaredNorm()));
                Assert.Equal(order, band.Order);
                Assert.Equal(norm, scale * Math.Sqrt(band.Dense().SquaredNorm() / 2), SymmetricMatrices.Tolerance(order) * norm);
            }
        }
    }

    /// <summary>Rows of u and v alternate: what couples u with u or v with v is zero, and so is the trace.</summary>
    [Fact]
    public void Couples_rows_with_columns_only()
    {
        var (band, _) = BandBidiagonalization.Of(Matrices.Normal(90, 60, 1), 24, Execution.OneThread(CancellationToken.None));
        using (band)
        {
            var dense = band.Dense();
            Assert.All(Enumerable.Range(0, 120 * 120).Where(k => ((k / 120) - (k % 120)) % 2 == 0), k => Assert.Equal(0, dense[k / 120, k % 120]));
        }
    }

    [Theory]
    [InlineData(0.7, 0.5)]
    [InlineData(1e30, 6.338253001141147e29)]
    [InlineData(5e-324, 5e-324)]
    public void Divides_by_a_power_of_two_first(double largest, double scale)
    {
        var (band, divisor) = BandBidiagonalization.Of(Matrices.Diagonal(largest, 0, 0), 24, Execution.OneThread(CancellationToken.None));
        using (band)
        {
            Assert.Equal(scale, divisor);
        }
    }

    [Theory]
    [InlineData(200, 130)]
    [InlineData(130, 200)]
    public void Has_the_same_bits_in_every_width_and_on_any_number_of_threads(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1);
        var expected = Elements(w, 1, 1);
        foreach (var (lanes, threads) in new[] { (2, 1), (4, 1), (8, 1), (8, 2), (8, 5) })
        {
            Assert.Equal(expected, Elements(w, lanes, threads));
        }
    }

    /// <summary>Memory that was used before holds anything: what lies beyond W in the panels must still become zero.</summary>
    [Theory]
    [InlineData(50, 25)]
    [InlineData(25, 50)]
    [InlineData(97, 97)]
    public void Does_not_depend_on_what_memory_held(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1);
        var expected = Elements(w, 8, 1);
        using (var used = new AlignedBuffer((long)Panel.Count(Math.Max(rows, columns)) * Panel.Count(Math.Min(rows, columns)) * Panel.Block))
        {
            used.Span(0, (int)used.Length).Fill(double.NaN);
        }

        Assert.Equal(expected, Elements(w, 8, 1));
    }

    [Theory]
    [InlineData(24, 25)]
    [InlineData(130, 97)]
    [InlineData(30, PanelTiles.MostAcross + 1)]
    public void Takes_a_matrix_and_its_transpose_alike(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1);
        Assert.Equal(Elements(w, 8, 1), Elements(w.Transposed(), 8, 2));
    }

    [Theory]
    [InlineData(130, 60)]
    [InlineData(60, 130)]
    public void Names_the_first_element_that_is_not_finite(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1).With(30, 50, double.NegativeInfinity).With(31, 0, double.NaN);
        using var execution = new Execution(TileKernel.Best, 2, CancellationToken.None);
        var error = Assert.Throws<NonFiniteElementException>(() => BandBidiagonalization.Of(w, 24, execution));
        Assert.Equal((30, 50, double.NegativeInfinity), (error.Row, error.Column, error.Value));
    }

    private static double[] Elements(DenseMatrix w, int lanes, int threads)
    {
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
        var (band, _) = BandBidiagonalization.Of(w, 24, execution);
        using (band)
        {
            var dense = band.Dense();
            return [.. Enumerable.Range(0, band.Order * band.Order).Select(k => dense[k / band.Order, k % band.Order])];
        }
    }
}
