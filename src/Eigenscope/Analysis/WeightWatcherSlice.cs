using Eigenscope.LinearAlgebra;

namespace Eigenscope.Analysis;

/// <summary>A slice of a convolution kernel as WeightWatcher normalises it: times sqrt(count / 2), in float32; count is 1 where slices are pooled, else their number.</summary>
internal sealed class WeightWatcherSlice(IMatrix slice, int count) : IMatrix
{
    private readonly float factor = (float)Math.Sqrt(count / 2.0);

    public int Rows => slice.Rows;

    public int Columns => slice.Columns;

    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        slice.Read(row, column, rowCount, columnCount, tile, stride);
        for (var i = 0; i < rowCount; i++)
        {
            foreach (ref var value in tile.Slice(i * stride, columnCount))
            {
                value = (float)value * factor;
            }
        }
    }
}
