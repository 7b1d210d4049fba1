using System.Runtime.InteropServices;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;

namespace Eigenscope.Benchmarks;

/// <summary>A matrix of float32 in memory, row-major, widened as it is read: what a weight file is, without the file.</summary>
internal sealed class FloatMatrix(int rows, int columns, float[] values) : IMatrix
{
    public int Rows => rows;

    public int Columns => columns;

    public float[] Values => values;

    /// <summary>Gaussian noise, the same in every run.</summary>
    public static FloatMatrix Noise(int rows, int columns) => new(rows, columns, SyntheticModel.Noise(new Random(1), rows * columns));

    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        for (var i = 0; i < rowCount; i++)
        {
            var from = values.AsSpan(((row + i) * columns) + column, columnCount);
            Widening.ToDouble(DType.F32, bigEndian: false, MemoryMarshal.AsBytes(from), tile.Slice(i * stride, columnCount));
        }
    }
}
