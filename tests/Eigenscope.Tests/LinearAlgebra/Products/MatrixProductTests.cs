using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Products;

public sealed class MatrixProductTests
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Rows, depth, columns at and beside the limits of tiles, panels, pieces, chains and portions.</summary>
    public static TheoryData<int, int, int> Shapes =>
    [
        (1, 1, 1), (1, 300, 1), (7, 1, 9), (24, 24, 24), (25, 23, 49), (193, 40, 30), (30, 257, 385), (70, 513, 25), (9, (2 * PanelReader.Most) + 3, 11),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Is_the_product_within_its_bound(int rows, int depth, int columns)
    {
        var (a, b) = (Matrices.Normal(rows, depth, rows + depth), Matrices.Normal(depth, columns, columns));
        var c = Of(a, b, 8, 1);
        Assert.Equal((rows, columns), (c.Rows, c.Columns));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var terms = Enumerable.Range(0, depth).Select(k => (decimal)a[i, k] * (decimal)b[k, j]).ToList();
                var bound = (PanelProduct.Depth + ((double)depth / PanelProduct.Depth)) * Epsilon * (double)terms.Sum(Math.Abs);
                Assert.Equal((double)terms.Sum(), c[i, j], bound + (depth * 1e-28));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Has_the_same_bits_in_every_width_and_on_any_number_of_threads(int rows, int depth, int columns)
    {
        var (a, b) = (Matrices.Normal(rows, depth, 1), Matrices.Normal(depth, columns, 2));
        var expected = Elements(Of(a, b, 8, 1));
        Assert.Equal(expected, Elements(Of(a, b, 8, 2)));
        Assert.Equal(expected, Elements(Of(a, b, 4, 7)));
    }

    [Fact]
    public void Refuses_what_does_not_fit_and_what_is_not_finite()
    {
        Assert.Throws<ArgumentException>(() => Of(Matrices.Normal(2, 3, 1), Matrices.Normal(2, 3, 1), 8, 1));
        Assert.Throws<NonFiniteElementException>(() => Of(Matrices.Normal(2, 3, 1), Matrices.Normal(3, 2, 1).With(2, 1, double.NaN), 8, 1));
        Assert.Throws<OperationCanceledException>(() => MatrixProduct.Of(Matrices.Normal(2, 3, 1), Matrices.Normal(3, 2, 1), 1, new CancellationToken(canceled: true)));
    }

    private static DenseMatrix Of(DenseMatrix a, DenseMatrix b, int lanes, int threads)
    {
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, CancellationToken.None);
        return MatrixProduct.Of(a, b, execution);
    }

    private static double[] Elements(DenseMatrix c) => [.. Enumerable.Range(0, c.Rows * c.Columns).Select(k => c[k / c.Columns, k % c.Columns])];
}
