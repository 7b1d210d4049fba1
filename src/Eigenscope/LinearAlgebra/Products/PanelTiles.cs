using System.Runtime.CompilerServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// W tile by tile into panels: its columns in panels of 24 of its rows, or its rows in panels of 24 of its columns. What a last panel has beyond W becomes zero.
/// </summary>
/// <param name="w">W.</param>
/// <param name="byRows">True for rows in panels of 24 columns.</param>
/// <param name="scale">A power of two that W is divided by.</param>
/// <param name="execution">How the work is done.</param>
internal sealed unsafe class PanelTiles(IMatrix w, bool byRows, double scale, Execution execution)
{
    /// <summary>The most columns of a tile of rows: few enough that <see cref="LeastRows"/> of them are still in the cache of a thread when they are laid out.</summary>
    public const int MostAcross = 256 * Panel.Rows;

    /// <summary>The most columns of a tile of 24 rows, likewise.</summary>
    public const int MostAlong = 1536;

    /// <summary>About how many float64 values make a tile of rows.</summary>
    private const int TileElements = 1 << 15;

    /// <summary>Rows of a tile at least, as far as there are any: they follow one another in a panel, whose neighbour may be pages away.</summary>
    private const int LeastRows = 8;

    private readonly Lock gate = new();

    /// <summary>The largest magnitude read so far, after the division.</summary>
    public double Largest { get; private set; }

    /// <summary>Reads some columns of W, or rows, to panels that lie <paramref name="step"/> apart.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public void Read(int first, int count, double* to, nint step)
    {
        if (byRows)
        {
            var rows = Math.Min(count, Math.Max(LeastRows, TileElements / w.Columns));
            execution.ForEach((count + rows - 1) / rows, piece => ReadRows(first, piece * rows, Math.Min(rows, count - (piece * rows)), to, step));
        }
        else
        {
            execution.ForEach(Panel.Count(w.Rows), panel => ReadColumns(panel * Panel.Rows, first, count, to + (panel * step)));
        }
    }

    private void ReadRows(int first, int vector, int count, double* to, nint step)
    {
        for (var column = 0; column < w.Columns; column += MostAcross)
        {
            ReadAcross(first + vector, column, count, Math.Min(MostAcross, w.Columns - column), to + (column / Panel.Rows * step) + ((nint)vector * Panel.Rows), step);
        }
    }

    private void ReadColumns(int row, int first, int count, double* to)
    {
        for (var vector = 0; vector < count; vector += MostAlong)
        {
            ReadAlong(row, first + vector, Math.Min(MostAlong, count - vector), to + ((nint)vector * Panel.Rows));
        }
    }

    /// <summary>Some rows, each a column of several panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadAcross(int row, int column, int rows, int columns, double* to, nint step)
    {
        var stride = Panel.Padded(columns);
        using var tile = new AlignedBuffer(rows * stride, zeroed: stride > columns);
        Fill(tile, row, column, rows, columns, stride);
        for (var start = tile.Pointer; start < tile.Pointer + stride; start += Panel.Rows, to += step)
        {
            for (var k = 0; k < rows; k++)
            {
                Lanes.Copy(start + (k * stride), to + (k * Panel.Rows), Panel.Rows);
            }
        }
    }

    /// <summary>Some columns of one panel.</summary>
    private void ReadAlong(int row, int column, int columns, double* to)
    {
        var stride = Lanes.Ceiling(columns) + Lanes.Count;
        using var tile = new AlignedBuffer(Panel.Rows * stride);
        Fill(tile, row, column, Math.Min(Panel.Rows, w.Rows - row), columns, stride);
        Lanes.Transpose(tile.Pointer, stride, to, Panel.Rows, Panel.Rows, columns);
    }

    private void Fill(AlignedBuffer tile, int row, int column, int rows, int columns, int stride)
    {
        var length = (int)tile.Length;
        w.Read(row, column, rows, columns, tile.Span(0, length), stride);
        if (!Lanes.AllFinite(tile.Pointer, length))
        {
            NonFiniteElementException.ThrowFirst(w);
        }

        if (scale != 1)
        {
            PowerOfTwo.Divide(tile.Span(0, length), scale);
        }

        NoteLargest(Lanes.LargestMagnitude(tile.Pointer, length));
    }

    private void NoteLargest(double magnitude)
    {
        lock (gate)
        {
            Largest = Math.Max(Largest, magnitude);
        }
    }
}
