using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Products;

public sealed class GramTests
{
    /// <summary>2^-52, the spacing of float64 at 1.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    public static TheoryData<int, int> Shapes => [(1, 1), (1, 300), (300, 1), (7, 9), (25, 24), (24, 25), (257, 31), (31, 255), (513, 48), (600, 97), (97, 600)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Is_the_product_within_its_bound(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, rows + columns);
        var tall = rows >= columns ? w : w.Transposed();
        using var gram = GramOf(w, 8);
        for (var i = 0; i < gram.Order; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (exact, magnitude) = Exact(tall, i, j);
                Assert.InRange(gram[i, j], exact - Bound(tall.Rows, magnitude), exact + Bound(tall.Rows, magnitude));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Has_the_same_bits_in_every_width_and_for_the_transpose(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, rows * columns);
        var expected = Lower(w, 1);
        Assert.Equal(expected, Lower(w, 2));
        Assert.Equal(expected, Lower(w, 4));
        Assert.Equal(expected, Lower(w, 8));
        Assert.Equal(expected, Lower(w.Transposed(), 8));
    }

    /// <summary>More vectors than a portion holds, and a last one that is not full.</summary>
    [Theory]
    [InlineData(9, (2 * PanelReader.Most) + 1)]
    [InlineData(50, PanelReader.Most + PanelProduct.Depth + 5)]
    public void A_wide_matrix_in_several_portions_has_the_bits_of_its_transpose(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1);
        Assert.Equal(Lower(w.Transposed(), 8), Lower(w, 8));
    }

    /// <summary>Enough panels for several pieces, and more threads than this machine may have.</summary>
    [Theory]
    [InlineData(260, 450)]
    [InlineData(700, 450)]
    public void Has_the_same_bits_on_any_number_of_threads(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1);
        foreach (var threads in new[] { 2, 3, 7 })
        {
            using var execution = new Execution(TileKernel.Best, threads, CancellationToken.None);
            using var gram = Gram.Of(w, 1, execution);
            Assert.Equal(Lower(w, 8), Lower(gram));
        }
    }

    [Fact]
    public void Divides_by_the_scale_before_it_squares()
    {
        var w = Matrices.Normal(30, 20, 1);
        using var gram = Gram.Of(w.Times(Math.ScaleB(1, 900)), Math.ScaleB(1, 900), Execution.OneThread(CancellationToken.None));
        Assert.Equal(Lower(w, 8), Lower(gram));
    }

    /// <summary>The sum over k of w_ki w_kj, and of its magnitudes, with the rounding errors of products and sums carried along.</summary>
    private static (double Exact, double Magnitude) Exact(DenseMatrix w, int i, int j)
    {
        var (sum, carried, magnitude) = (0.0, 0.0, 0.0);
        for (var k = 0; k < w.Rows; k++)
        {
            var product = w[k, i] * w[k, j];
            var next = sum + product;
            var b = next - sum;
            carried += sum - (next - b) + (product - b) + Math.FusedMultiplyAdd(w[k, i], w[k, j], -product);
            (sum, magnitude) = (next, magnitude + Math.Abs(product));
        }

        return (sum + carried, magnitude);
    }

    /// <summary>The bound that <see cref="Gram"/> states.</summary>
    private static double Bound(int terms, double magnitude) => (PanelProduct.Depth + ((double)terms / PanelProduct.Depth)) * Epsilon * magnitude;

    private static SymmetricMatrix GramOf(DenseMatrix w, int lanes) => Gram.Of(w, 1, new Execution(TileKernel.OfLanes(lanes), 1, CancellationToken.None));

    private static double[] Lower(DenseMatrix w, int lanes)
    {
        using var gram = GramOf(w, lanes);
        return Lower(gram);
    }

    private static double[] Lower(SymmetricMatrix gram) =>
        [.. Enumerable.Range(0, gram.Order).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => gram[i, j]))];
}
