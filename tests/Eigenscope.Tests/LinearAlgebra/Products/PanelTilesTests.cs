using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Products;

public sealed unsafe class PanelTilesTests
{
    private const double Untouched = -7e77;

    /// <summary>Shapes beside the limits of panels and of the tiles of either direction, for one and several threads.</summary>
    public static TheoryData<int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int>();
            foreach (var (rows, columns) in new[]
            {
                (1, 1), (1, 300), (300, 1), (23, 24), (24, 23), (24, 25), (49, 48), (50, 97), (7, PanelTiles.MostAcross - 1), (9, PanelTiles.MostAcross), (17, PanelTiles.MostAcross + 1),
                (26, (2 * PanelTiles.MostAlong) + 1), (24, PanelTiles.MostAlong), (2 * PanelTiles.MostAcross, 3),
            })
            {
                cases.Add(rows, columns, 1);
                cases.Add(rows, columns, 2);
                cases.Add(rows, columns, 5);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Puts_every_element_in_its_place_and_touches_nothing_else(int rows, int columns, int threads)
    {
        var w = Matrices.Normal(rows, columns, rows + columns);
        foreach (var (byRows, vectors) in new[] { (false, w.Transposed()), (true, w) })
        {
            foreach (var first in new[] { 0, vectors.Rows / 3 })
            {
                AssertLaidOut(Read(w, byRows, 2, first, vectors.Rows - first, threads), vectors, first);
            }
        }
    }

    [Theory]
    [InlineData(40, 30)]
    [InlineData(9, PanelTiles.MostAcross + 1)]
    [InlineData(300, 200)]
    public void Notes_the_largest_magnitude_after_the_division(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1).With(rows - 1, columns - 1, -1000);
        foreach (var (byRows, threads) in new[] { (false, 1), (true, 1), (false, 3), (true, 3) })
        {
            using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
            var tiles = new PanelTiles(w, byRows, 8, execution);
            ReadAll(tiles, w, byRows);
            Assert.Equal(125, tiles.Largest);
        }
    }

    /// <summary>Whichever tile is read first, the first in row-major order is named.</summary>
    [Theory]
    [InlineData(100, 90, 60, 80, 61, 2)]
    [InlineData(9, PanelTiles.MostAcross + 30, 3, PanelTiles.MostAcross + 29, 8, 0)]
    [InlineData(30, PanelTiles.MostAlong + 9, 2, PanelTiles.MostAlong + 8, 25, 1)]
    public void Names_the_first_element_that_is_not_finite(int rows, int columns, int row, int column, int laterRow, int laterColumn)
    {
        var w = Matrices.Normal(rows, columns, 1).With(laterRow, laterColumn, double.PositiveInfinity).With(row, column, double.NaN);
        foreach (var (byRows, threads) in new[] { (false, 1), (true, 1), (false, 2), (true, 2) })
        {
            using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
            var error = Assert.Throws<NonFiniteElementException>(() => ReadAll(new PanelTiles(w, byRows, 1, execution), w, byRows));
            Assert.Equal((row, column, double.NaN), (error.Row, error.Column, error.Value));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Begins_no_tile_after_it_is_cancelled(int threads)
    {
        foreach (var byRows in new[] { false, true })
        {
            using var source = new CancellationTokenSource();
            using var execution = new Execution(TileKernel.Best, threads, source.Token);
            var w = new Watched(Matrices.Normal(600, 600, 1), source.Cancel);
            Assert.Throws<OperationCanceledException>(() => ReadAll(new PanelTiles(w, byRows, 1, execution), w, byRows));
            Assert.InRange(w.Reads, 1, threads);
        }
    }

    /// <summary>Panels of the vectors, with one column of room after the last and every value halved.</summary>
    private static void AssertLaidOut(double[] panels, DenseMatrix vectors, int first)
    {
        var count = vectors.Rows - first;
        for (var k = 0; k < panels.Length; k++)
        {
            var (panel, vector, lane) = (k / (Panel.Rows * (count + 1)), k / Panel.Rows % (count + 1), k % Panel.Rows);
            var element = (panel * Panel.Rows) + lane;
            var expected = element < vectors.Columns ? vectors[first + Math.Min(vector, count - 1), element] / 2 : 0;
            Assert.Equal(vector < count ? expected : Untouched, panels[k]);
        }
    }

    private static double[] Read(IMatrix w, bool byRows, double scale, int first, int count, int threads)
    {
        using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
        var step = Panel.Rows * (count + 1);
        var panels = new double[Panel.Count(byRows ? w.Columns : w.Rows) * step];
        Array.Fill(panels, Untouched);
        fixed (double* to = panels)
        {
            new PanelTiles(w, byRows, scale, execution).Read(first, count, to, step);
        }

        return panels;
    }

    private static void ReadAll(PanelTiles tiles, IMatrix w, bool byRows)
    {
        var (vectors, length) = byRows ? (w.Rows, w.Columns) : (w.Columns, w.Rows);
        using var panels = new AlignedBuffer((long)Panel.Padded(length) * vectors);
        tiles.Read(0, vectors, panels.Pointer, (nint)vectors * Panel.Rows);
    }

    /// <summary>A matrix that counts the tiles read of it and does something at each.</summary>
    private sealed class Watched(IMatrix w, Action atRead) : IMatrix
    {
        private int reads;

        public int Reads => reads;

        public int Rows => w.Rows;

        public int Columns => w.Columns;

        public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
        {
            Interlocked.Increment(ref reads);
            atRead();
            w.Read(row, column, rowCount, columnCount, tile, stride);
        }
    }
}
