using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Tests.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.Models;

public sealed class ShuffledMatrixTests
{
    public static MatrixTheoryData<int, int, bool> Shapes { get; } = new([1, 3, 70], [1, 5, 1100], [false, true]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Holds_the_same_elements(int rows, int columns, bool narrow)
    {
        var w = Singles(rows, columns);
        var elements = Elements(w, narrow, 1);
        Assert.Equal(Whole(w).Order(), elements.Order());
        Assert.True(rows * columns < 10 || !elements.SequenceEqual(Whole(w)));
    }

    [Fact]
    public void The_order_depends_on_the_seed_alone()
    {
        var w = Singles(20, 30);
        Assert.Equal(Elements(w, single: true, 5), Elements(w, single: false, 5));
        Assert.NotEqual(Elements(w, single: true, 5), Elements(w, single: true, 6));
    }

    /// <summary>Each of the 24 orders of four elements, within five standard deviations.</summary>
    [Fact]
    public void Every_order_is_as_likely()
    {
        const int Seeds = 24_000;
        var w = new DenseMatrix(2, 2, [1, 2, 3, 4]);
        var counts = Enumerable.Range(0, Seeds).CountBy(seed => string.Join(',', Elements(w, single: true, (ulong)seed))).Select(pair => pair.Value).ToList();
        Assert.Equal(24, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 1000 - (5 * Math.Sqrt(1000)), 1000 + (5 * Math.Sqrt(1000))));
    }

    [Fact]
    public void Elements_beyond_float32_stay_as_they_are()
    {
        var w = Matrices.Normal(5, 6, 1);
        Assert.Equal(Whole(w).Order(), Elements(w, single: false, 1).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_any_tile(bool narrow)
    {
        var w = Singles(7, 40);
        using var shuffled = ShuffledMatrix.Of(w, narrow, 3, CancellationToken.None);
        var (whole, tile) = (Whole(shuffled), new double[3 * 25]);
        tile.AsSpan().Fill(-1);
        shuffled.Read(2, 9, 3, 20, tile, 25);
        Assert.All(Enumerable.Range(0, tile.Length), at => Assert.Equal(at % 25 < 20 ? whole[((2 + (at / 25)) * 40) + 9 + (at % 25)] : -1, tile[at]));
    }

    [Fact]
    public void Can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() => ShuffledMatrix.Of(Singles(4, 4), single: true, 1, new CancellationToken(canceled: true)));

    private static DenseMatrix Singles(int rows, int columns)
    {
        var w = Matrices.Normal(rows, columns, 1);
        return Matrices.Of(rows, columns, (i, j) => (float)w[i, j]);
    }

    private static double[] Elements(IMatrix w, bool single, ulong seed)
    {
        using var shuffled = ShuffledMatrix.Of(w, single, seed, CancellationToken.None);
        return Whole(shuffled);
    }

    private static double[] Whole(IMatrix w)
    {
        var elements = new double[w.Rows * w.Columns];
        w.Read(0, 0, w.Rows, w.Columns, elements, w.Columns);
        return elements;
    }
}
