using System.Buffers;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>a A + b B, element by element as it is read; neither is held whole.</summary>
internal sealed class WeightedSum : IMatrix
{
    private readonly (double Factor, IMatrix Matrix) left;
    private readonly (double Factor, IMatrix Matrix) right;

    /// <summary>The sum of two matrices of one shape, each times a number.</summary>
    public WeightedSum(double a, IMatrix left, double b, IMatrix right)
    {
        if (left.Rows != right.Rows || left.Columns != right.Columns)
        {
            throw new ArgumentException($"a matrix of {right.Rows} x {right.Columns} cannot be added to one of {left.Rows} x {left.Columns}", nameof(right));
        }

        (this.left, this.right) = ((a, left), (b, right));
    }

    public int Rows => left.Matrix.Rows;

    public int Columns => left.Matrix.Columns;

    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        left.Matrix.Read(row, column, rowCount, columnCount, tile, stride);
        var other = ArrayPool<double>.Shared.Rent(rowCount * columnCount);
        right.Matrix.Read(row, column, rowCount, columnCount, other, columnCount);
        for (var i = 0; i < rowCount; i++)
        {
            Combine(tile.Slice(i * stride, columnCount), other.AsSpan(i * columnCount, columnCount));
        }

        ArrayPool<double>.Shared.Return(other);
    }

    private void Combine(Span<double> to, ReadOnlySpan<double> other)
    {
        for (var j = 0; j < to.Length; j++)
        {
            to[j] = (left.Factor * to[j]) + (right.Factor * other[j]);
        }
    }
}
