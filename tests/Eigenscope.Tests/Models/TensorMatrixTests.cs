using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Tests.LinearAlgebra;
using Eigenscope.Tests.Models.Numpy;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Eigenscope.Tests.Models;

public sealed class TensorMatrixTests
{
    private const double Untouched = -7;

    /// <summary>A matrix inside a tensor, and the same elements read one by one.</summary>
    private sealed record Case(TensorMatrix Matrix, double[,] Expected, string[,] Indices, Draws Draws);

    private static Gen<Case> Any { get; } = Gen.Choose(1, 1_000_000).Select(seed => Make(new Draws(seed)));

    [Fact]
    public void Reads_any_axes_in_any_order_whole() => Property.Holds(Any, 300, item =>
    {
        var (rows, columns) = (item.Matrix.Rows, item.Matrix.Columns);
        Assert.Equal((item.Expected.GetLength(0), item.Expected.GetLength(1)), (rows, columns));
        Assert.Equal(item.Expected.Cast<double>(), Tile(item.Matrix, 0, 0, rows, columns, columns));
        Assert.Equal(Transposed(item.Expected).Cast<double>(), Tile(item.Matrix.Transposed(), 0, 0, columns, rows, rows));
    });

    [Fact]
    public void Reads_any_tile_and_leaves_what_lies_between() => Property.Holds(Any, 300, item =>
    {
        var (row, column) = (item.Draws.Below(item.Matrix.Rows), item.Draws.Below(item.Matrix.Columns));
        var (rows, columns) = (1 + item.Draws.Below(item.Matrix.Rows - row), 1 + item.Draws.Below(item.Matrix.Columns - column));
        var stride = columns + item.Draws.Below(3);
        var tile = Tile(item.Matrix, row, column, rows, columns, stride);
        for (var k = 0; k < tile.Length; k++)
        {
            var (i, j) = (k / stride, k % stride);
            Assert.Equal(j < columns ? item.Expected[row + i, column + j] : Untouched, tile[k]);
        }
    });

    [Fact]
    public void Names_the_element_in_the_tensor() => Property.Holds(Any, 100, item =>
    {
        for (var k = 0; k < item.Expected.Length; k++)
        {
            var (i, j) = (k / item.Matrix.Columns, k % item.Matrix.Columns);
            Assert.Equal(item.Indices[i, j], item.Matrix.IndexText(i, j));
            Assert.Equal(item.Indices[i, j], item.Matrix.Transposed().IndexText(j, i));
        }
    });

    /// <summary>More elements than are read at a time, by rows, by columns and with room between the rows.</summary>
    [Theory]
    [InlineData(300, 301)]
    [InlineData(3, 70_000)]
    [InlineData(70_000, 3)]
    [InlineData(1, 140_000)]
    public void Reads_many_elements(int rows, int columns)
    {
        var tensor = MemoryTensor.Counting("w", rows, columns);
        var matrix = new TensorMatrix(tensor, new AxisGroup(tensor, 0), new AxisGroup(tensor, 1), [0, 0], rows, columns);
        foreach (var stride in new[] { columns, columns + 8 })
        {
            var tile = Tile(matrix, 0, 0, rows, columns, stride);
            Assert.Equal(Enumerable.Range(0, tile.Length).Select(k => k % stride < columns ? ((double)(k / stride) * columns) + (k % stride) : Untouched), tile);
        }
    }

    /// <summary>Elements further apart than what is worth reading between them.</summary>
    [Fact]
    public void Reads_sparse_rows_one_by_one()
    {
        var tensor = MemoryTensor.Counting("w", 5, 2000);
        var matrix = new TensorMatrix(tensor, new AxisGroup(tensor, 0), new AxisGroup(tensor, 1), [0, 0], 5, 2000).Transposed();
        Assert.Equal([1999, 3999, 5999, 7999, 9999], Tile(matrix, 1999, 0, 1, 5, 5));
        Assert.False(matrix.Transposed().IsColumnMajor);
        Assert.True(matrix.IsColumnMajor);
    }

    [Fact]
    public void Fails_where_the_file_ends_early()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("w.bin", new byte[8 * 100]);
        using var file = FileBytes.Open(path);
        var tensor = new Tensor("w", DType.F64, [10, 10], file, 0);
        File.WriteAllBytes(path, new byte[8 * 50]);
        var matrix = new TensorMatrix(tensor, new AxisGroup(tensor, 0), new AxisGroup(tensor, 1), [0, 0], 10, 10);
        Assert.Equal(ModelFault.Truncated, Assert.Throws<ModelFormatException>(() => Tile(matrix, 0, 0, 10, 10, 10)).Fault);
    }

    private static double[] Tile(TensorMatrix matrix, int row, int column, int rows, int columns, int stride)
    {
        var tile = new double[rows * stride];
        Array.Fill(tile, Untouched);
        matrix.Read(row, column, rows, columns, tile, stride);
        return tile;
    }

    private static double[,] Transposed(double[,] values)
    {
        var result = new double[values.GetLength(1), values.GetLength(0)];
        for (var k = 0; k < values.Length; k++)
        {
            result[k % values.GetLength(1), k / values.GetLength(1)] = values[k / values.GetLength(1), k % values.GetLength(1)];
        }

        return result;
    }

    /// <summary>
    /// A tensor of up to four axes stored in any order, an axis repeated now and then; some axes down, some across, the others fixed; and where
    /// a side has one axis, a part of it.
    /// </summary>
    private static Case Make(Draws draws)
    {
        var rank = 1 + draws.Below(4);
        var shape = Enumerable.Range(0, rank).Select(_ => 1L + draws.Below(6)).ToArray();
        var strides = Strides(shape, draws);
        var values = draws.Normals(1 + (int)shape.Zip(strides, (size, stride) => (size - 1) * stride).Sum()).Select(x => (float)x).ToArray();
        var tensor = MemoryTensor.BigEndian("w", shape, strides, values);
        var side = Enumerable.Range(0, rank).Select(_ => draws.Below(3)).ToArray();
        int[] down = [.. Enumerable.Range(0, rank).Where(axis => side[axis] == 0)], across = [.. Enumerable.Range(0, rank).Where(axis => side[axis] == 1)];
        var origin = shape.Select((size, axis) => side[axis] == 2 || (side[axis] == 0 ? down : across).Length == 1 ? draws.Below((int)size) : 0L).ToArray();
        return Expected(tensor, down, across, origin, draws);
    }

    private static long[] Strides(long[] shape, Draws draws)
    {
        var (strides, step) = (new long[shape.Length], 1L);
        foreach (var axis in draws.Permutation(shape.Length))
        {
            strides[axis] = draws.Below(8) == 0 ? 0 : step;
            step *= shape[axis];
        }

        return strides;
    }

    private static Case Expected(Tensor tensor, int[] down, int[] across, long[] origin, Draws draws)
    {
        var (rows, columns) = (Indices(tensor, down, origin), Indices(tensor, across, origin));
        var (expected, texts) = (new double[rows.Count, columns.Count], new string[rows.Count, columns.Count]);
        var stored = StoredValues.Of(tensor);
        for (var k = 0; k < expected.Length; k++)
        {
            var (i, j) = (k / columns.Count, k % columns.Count);
            long[] index = [.. origin.Select((start, axis) => start + rows[i][axis] + columns[j][axis])];
            expected[i, j] = stored[index.Zip(Tensor.RowMajor(tensor.Shape), (digit, stride) => digit * stride).Sum()];
            texts[i, j] = $"[{string.Join(", ", index.Select(digit => digit.ToString(CultureInfo.InvariantCulture)))}]";
        }

        var matrix = new TensorMatrix(tensor, new AxisGroup(tensor, down), new AxisGroup(tensor, across), origin, rows.Count, columns.Count);
        return new Case(matrix, expected, texts, draws);
    }

    /// <summary>The indices of a side from the origin on, in row-major order, zero in the other axes.</summary>
    private static List<long[]> Indices(Tensor tensor, int[] axes, long[] origin)
    {
        List<long[]> all = [new long[tensor.Shape.Count]];
        foreach (var axis in axes)
        {
            all = [.. all.SelectMany(index => Enumerable.Range(0, (int)(tensor.Shape[axis] - origin[axis])).Select(digit => index.Select((d, a) => a == axis ? digit : d).ToArray()))];
        }

        return all;
    }
}
