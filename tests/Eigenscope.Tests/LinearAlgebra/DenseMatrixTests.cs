using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra;

public sealed class DenseMatrixTests
{
    [Fact]
    public void Reads_tiles_and_leaves_what_lies_between()
    {
        var w = Matrices.Of(3, 4, (i, j) => (10 * i) + j);
        double[] tile = [-1, -1, -1, -1, -1, -1];
        w.Read(1, 2, 2, 2, tile, 3);
        Assert.Equal([12, 13, -1, 22, 23, -1], tile);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 2, 3)]
    [InlineData(-1, -4, 4)]
    [InlineData(65536, 65536, 0)]
    public void Wants_as_many_values_as_its_sizes_say(int rows, int columns, int values) =>
        Assert.Throws<ArgumentException>(() => new DenseMatrix(rows, columns, new double[values]));
}
