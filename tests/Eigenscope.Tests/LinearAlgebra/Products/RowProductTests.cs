using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Products;

public sealed class RowProductTests
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Rows, depth, columns at and beside the limits of tiles, panels, pieces and chains.</summary>
    private static readonly (int Rows, int Depth, int Columns)[] Sizes =
        [(1, 1, 1), (8, 24, 24), (7, 300, 25), (17, 16, 17), (24, 257, 193), (385, 5, 23), (64, 64, 64), (70, 520, 60)];

    public static MatrixTheoryData<(int Rows, int Depth, int Columns), bool, bool> Cases { get; } = new(Sizes, [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_the_product_within_its_bound((int Rows, int Depth, int Columns) size, bool transposesA, bool transposesB)
    {
        var (a, b) = (Operand(size.Rows, size.Depth, transposesA, 1), Operand(size.Depth, size.Columns, transposesB, 2));
        var c = Product(a, b, TileKernel.Update.Set, 8, 1);
        foreach (var (i, j) in Sample(size.Rows, size.Columns))
        {
            var terms = Enumerable.Range(0, size.Depth).Select(k => (decimal)At(a, i, k) * (decimal)At(b, k, j)).ToList();
            var bound = (PanelProduct.Depth + ((double)size.Depth / PanelProduct.Depth)) * Epsilon * (double)terms.Sum(Math.Abs);
            Assert.Equal((double)terms.Sum(), c.Row(i)[j], bound + (size.Depth * 1e-28));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Has_the_same_bits_in_every_width_and_on_any_number_of_threads((int Rows, int Depth, int Columns) size, bool transposesA, bool transposesB)
    {
        var (a, b) = (Operand(size.Rows, size.Depth, transposesA, 1), Operand(size.Depth, size.Columns, transposesB, 2));
        foreach (var update in (TileKernel.Update[])[TileKernel.Update.Set, TileKernel.Update.Add])
        {
            var expected = Product(a, b, update, 8, 1).Values;
            Assert.Equal(expected, Product(a, b, update, 8, 2).Values);
            Assert.Equal(expected, Product(a, b, update, 4, 1).Values);
            Assert.Equal(expected, Product(a, b, update, 2, 2).Values);
            Assert.Equal(expected, Product(a, b, update, 1, 1).Values);
        }
    }

    [Fact]
    public void Adds_to_a_part_and_leaves_the_rest()
    {
        var c = new RowMajor(30, 40);
        c.Elements.Fill(1);
        var (a, b) = (Operand(9, 3, false, 1), Operand(3, 25, false, 2));
        RowProduct.Of(a, b, c.View.Part(4, 7, 9, 25), TileKernel.Update.Add, TileKernel.Best);
        for (var i = 0; i < 30; i++)
        {
            for (var j = 0; j < 40; j++)
            {
                var isInside = i is >= 4 and < 13 && j is >= 7 and < 32;
                var expected = isInside ? 1 + Enumerable.Range(0, 3).Sum(k => At(a, i - 4, k) * At(b, k, j - 7)) : 1;
                Assert.Equal(expected, c.Row(i)[j], isInside ? 1e-14 : 0);
            }
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(
        () => RowProduct.Of(Operand(2, 3, false, 1), Operand(2, 3, false, 2), new RowMajor(2, 3).View, TileKernel.Update.Set, TileKernel.Best));

    private static RowMajor Product(MatrixView a, MatrixView b, TileKernel.Update update, int lanes, int threads)
    {
        using var execution = new Execution(TileKernel.OfLanes(lanes), threads, TestContext.Current.CancellationToken);
        var c = new RowMajor(a.Rows, b.Columns);
        c.Elements.Fill(0.1);
        RowProduct.Of(a, b, c.View, update, execution);
        return c;
    }

    private static MatrixView Operand(int rows, int columns, bool isTransposed, int seed)
    {
        var matrix = isTransposed ? new RowMajor(columns, rows) : new RowMajor(rows, columns);
        new Draws(seed).Normals(matrix.Count).CopyTo(matrix.Elements);
        return isTransposed ? matrix.View.Transposed : matrix.View;
    }

    private static double At(MatrixView x, int i, int j) => x.Values[x.Offset + (x.IsTransposed ? (j * x.Stride) + i : (i * x.Stride) + j)];

    /// <summary>All elements of a small matrix; of a large one, every 97th.</summary>
    private static IEnumerable<(int I, int J)> Sample(int rows, int columns)
    {
        var step = rows * columns > 5000 ? 97 : 1;
        for (var k = 0; k < rows * columns; k += step)
        {
            yield return (k / columns, k % columns);
        }
    }
}
