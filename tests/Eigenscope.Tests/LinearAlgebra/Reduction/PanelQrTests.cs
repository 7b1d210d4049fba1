using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed unsafe class PanelQrTests
{
    /// <summary>Rows and columns; fewer rows than columns leave the last reflectors out.</summary>
    public static TheoryData<int, int> Shapes => [(1, 24), (5, 24), (24, 24), (25, 24), (100, 24), (47, 48), (49, 48), (200, 48), (97, 72)];

    /// <summary>R^T R = E^T E, since Q is orthogonal: to a few eps |E|^2 an element.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void R_has_the_Gram_matrix_of_E(int rows, int width)
    {
        var e = Matrices.Normal(rows, width, rows);
        var r = Factor(e).R;
        var (expected, actual, norm) = (e.GramMatrix(), r.GramMatrix(), e.SquaredNorm());
        Assert.All(Enumerable.Range(0, width * width), k => Assert.Equal(expected[k / width, k % width], actual[k / width, k % width], 8 * 2.220446049250313e-16 * norm));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void V_is_unit_lower_trapezoidal_and_tau_makes_reflectors(int rows, int width)
    {
        var (_, v, tau) = Factor(Matrices.Normal(rows, width, rows + 1));
        for (var j = 0; j < width; j++)
        {
            var square = Enumerable.Range(0, rows).Sum(i => v[i, j] * v[i, j]);
            Assert.All(Enumerable.Range(0, Math.Min(j, rows)), i => Assert.Equal(0, v[i, j]));
            Assert.Equal(j < rows ? 1 : 0, j < rows ? v[j, j] : square);
            Assert.True(tau[j] == 0 || Math.Abs((tau[j] * square) - 2) < 1e-14);
        }
    }

    [Fact]
    public void Zero_columns_have_no_reflector()
    {
        var (r, _, tau) = Factor(Matrices.Of(60, 24, (i, j) => j % 2 == 0 ? 0 : i == j ? 3 : 0));
        Assert.All(tau, value => Assert.Equal(0, value));
        Assert.Equal(3, r[1, 1]);
    }

    [Fact]
    public void Allocates_nothing()
    {
        using var qr = new PanelQr(24, TileKernel.Best);
        using var operands = new AlignedBuffer(4 * Panel.Block);
        operands.Span(0, 2 * Panel.Block).Fill(1);
        double* e = operands.Pointer, v = e + (2 * Panel.Block);
        Allocations.None(() => qr.Factor(e, Panel.Block, v, Panel.Block, 48));
    }

    private static (DenseMatrix R, DenseMatrix V, double[] Tau) Factor(DenseMatrix e)
    {
        var (panels, step) = (Panel.Count(e.Rows), e.Columns * Panel.Rows);
        using var buffer = new AlignedBuffer(2L * panels * step);
        using var qr = new PanelQr(e.Columns, TileKernel.Best);
        double* to = buffer.Pointer, v = to + (panels * step);
        for (var k = 0; k < e.Rows * e.Columns; k++)
        {
            At(to, k / e.Columns, k % e.Columns) = e[k / e.Columns, k % e.Columns];
        }

        qr.Factor(to, step, v, step, e.Rows);
        var smaller = Math.Min(e.Rows, e.Columns);
        return (
            Matrices.Of(smaller, e.Columns, (i, j) => i <= j ? At(to, i, j) : 0),
            Matrices.Of(e.Rows, e.Columns, (i, j) => At(v, i, j)),
            qr.Tau.ToArray());

        ref double At(double* matrix, int i, int j) => ref matrix[(i / Panel.Rows * step) + (j * Panel.Rows) + (i % Panel.Rows)];
    }
}
