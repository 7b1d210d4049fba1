using System.Buffers;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Models;

/// <summary>
/// A matrix inside a tensor: some axes are its rows, some its columns, the others are fixed. Read from the file by positioned reads,
/// a tile at a time; any strides, so that a Fortran-ordered array, a slice of a convolution kernel or the query part of a
/// fused projection need no copy.
/// </summary>
internal sealed class TensorMatrix : IMatrix
{
    /// <summary>Where a row's elements lie further apart than this on average, they are read one by one.</summary>
    private const int SparsestSpan = 512;

    private readonly Tensor tensor;
    private readonly long[] origin;
    private readonly AxisGroup rowAxes;
    private readonly AxisGroup columnAxes;
    private readonly long start;
    private readonly int itemBytes;

    /// <param name="tensor">A tensor of a type that <see cref="Widening"/> reads.</param>
    /// <param name="rowAxes">The axes that run down the matrix.</param>
    /// <param name="columnAxes">The axes that run across.</param>
    /// <param name="origin">The full index of element (0, 0): where the fixed axes are fixed, and where a part begins.</param>
    /// <param name="rows">The number of rows, at most the count of the row axes from the origin on.</param>
    /// <param name="columns">The number of columns.</param>
    public TensorMatrix(Tensor tensor, AxisGroup rowAxes, AxisGroup columnAxes, long[] origin, int rows, int columns)
    {
        (this.tensor, this.origin, this.rowAxes, this.columnAxes) = (tensor, origin, rowAxes, columnAxes);
        (Rows, Columns) = (rows, columns);
        itemBytes = tensor.Type.Bits() / 8;
        start = origin.Select((index, axis) => index * tensor.Strides[axis]).Sum() + rowAxes.First + columnAxes.First;
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>True where walking along a column touches nearer bytes than walking along a row.</summary>
    public bool IsColumnMajor => (columnAxes.Stride ?? long.MaxValue) > (rowAxes.Stride ?? long.MaxValue) && Rows > 1;

    /// <summary>Some of the rows.</summary>
    public TensorMatrix SelectRows(IndexRuns rows) => new(tensor, rowAxes.Select(rows), columnAxes, origin, checked((int)rows.Length), Columns);

    /// <summary>Some of the columns.</summary>
    public TensorMatrix SelectColumns(IndexRuns columns) => new(tensor, rowAxes, columnAxes.Select(columns), origin, Rows, checked((int)columns.Length));

    /// <summary>The same elements with rows and columns exchanged.</summary>
    public TensorMatrix Transposed() => new(tensor, columnAxes, rowAxes, origin, Columns, Rows);

    /// <summary>
    /// Where the elements lie when the whole tensor is written densely in row-major order, whatever its own strides: element (i, j) is number <c>Origin + Rows[i] + Columns[j]</c>.
    /// </summary>
    public (long Origin, long[] Rows, long[] Columns) RowMajorPlaces()
    {
        var strides = Tensor.RowMajor(tensor.Shape);
        return (origin.Zip(strides, (index, stride) => index * stride).Sum(), Places(rowAxes, Rows, strides), Places(columnAxes, Columns, strides));
    }

    private static long[] Places(AxisGroup axes, int count, long[] strides)
    {
        var index = new long[strides.Length];
        var places = new long[count];
        for (var k = 0; k < count; k++)
        {
            axes.Unravel(k, index);
            places[k] = index.Zip(strides, (digit, stride) => digit * stride).Sum();
        }

        return places;
    }

    /// <summary>The full index of an element in the tensor, such as <c>[3, 17]</c>.</summary>
    public string IndexText(int row, int column)
    {
        var index = new long[tensor.Shape.Count];
        rowAxes.Unravel(row, index);
        columnAxes.Unravel(column, index);
        return $"[{string.Join(", ", index.Zip(origin, (i, o) => i + o))}]";
    }

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        if (columnAxes.Stride == 1 && columnCount == Columns && rowAxes.Stride == Columns)
        {
            ReadWholeRows(row, rowCount, tile, stride);
            return;
        }

        for (var i = 0; i < rowCount; i++)
        {
            ReadRow(start + rowAxes.Offset(row + i), column, tile.Slice(i * stride, columnCount));
        }
    }

    private void ReadRow(long at, int column, Span<double> to)
    {
        if (columnAxes.Stride == 1)
        {
            tensor.Read(at + column, to);
        }
        else
        {
            ReadScattered(at, column, to);
        }
    }

    /// <summary>Reads rows that follow one another in the file, many by one read.</summary>
    private void ReadWholeRows(int row, int rowCount, Span<double> tile, int stride)
    {
        if (tensor.Quantization is not null)
        {
            for (var i = 0; i < rowCount; i++)
            {
                tensor.Read(start + rowAxes.Offset(row + i), tile.Slice(i * stride, Columns));
            }

            return;
        }

        var most = Math.Max(1, Tensor.MostElements / Columns);
        var buffer = ArrayPool<byte>.Shared.Rent(checked(Math.Min(rowCount, most) * Columns * itemBytes));
        for (var done = 0; done < rowCount; done += most)
        {
            var count = Math.Min(most, rowCount - done);
            var bytes = ReadBytes(start + rowAxes.Offset(row + done), count * Columns, buffer);
            for (var i = 0; i < count; i++)
            {
                Widen(bytes.Slice(i * Columns * itemBytes, Columns * itemBytes), tile.Slice((done + i) * stride, Columns));
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private Span<byte> ReadBytes(long element, int count, byte[] buffer)
    {
        var bytes = buffer.AsSpan(0, count * itemBytes);
        tensor.Bytes.Read(tensor.Offset + (element * itemBytes), bytes);
        return bytes;
    }

    private void Widen(Span<byte> bytes, Span<double> to) => Widening.ToDouble(tensor.Type, tensor.BigEndian, bytes, to);

    /// <summary>Reads the whole span that the elements of a row lie in, and picks them out; or each one, where the span is too sparse.</summary>
    private void ReadScattered(long at, int column, Span<double> to)
    {
        var offsets = new long[to.Length];
        for (var j = 0; j < offsets.Length; j++)
        {
            offsets[j] = at + columnAxes.Offset(column + j);
        }

        var (first, last) = (offsets.Min(), offsets.Max());
        if (last - first >= (long)SparsestSpan * offsets.Length)
        {
            ReadEach(offsets, to);
            return;
        }

        var span = new double[last - first + 1];
        tensor.Read(first, span);
        for (var j = 0; j < offsets.Length; j++)
        {
            to[j] = span[offsets[j] - first];
        }
    }

    private void ReadEach(long[] offsets, Span<double> to)
    {
        for (var j = 0; j < offsets.Length; j++)
        {
            tensor.Read(offsets[j], to.Slice(j, 1));
        }
    }
}
