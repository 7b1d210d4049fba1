using System.Runtime.InteropServices;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Models;

/// <summary>
/// The elements of a matrix in random order: the same numbers, with whatever rows and columns had in common taken away. Held whole, as
/// float32 where every element is one, else as float64.
/// </summary>
internal sealed unsafe class ShuffledMatrix : IMatrix, IDisposable
{
    /// <summary>The elements that are read at a time, unless a row has more.</summary>
    private const int TileElements = 1 << 16;

    private readonly AlignedBuffer elements;
    private readonly bool single;

    private ShuffledMatrix(IMatrix w, bool single)
    {
        (Rows, Columns, this.single) = (w.Rows, w.Columns, single);
        elements = new AlignedBuffer(Doubles(w.Rows, w.Columns, single), zeroed: false);
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>What the elements take, in doubles.</summary>
    public static long Doubles(long rows, long columns, bool single) => single ? ((rows * columns) + 1) / 2 : rows * columns;

    /// <summary>Reads a matrix and shuffles it: every order is as likely (Fisher and Yates 1938; Durstenfeld 1964).</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="single">True where every element is a float32.</param>
    /// <param name="seed">What the order depends on, beside the number of elements.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static ShuffledMatrix Of(IMatrix w, bool single, ulong seed, CancellationToken cancellation)
    {
        var shuffled = new ShuffledMatrix(w, single);
        try
        {
            shuffled.Load(w, cancellation);
            var random = new SplitMix64(seed);
            if (single)
            {
                Shuffle((float*)shuffled.elements.Pointer, (long)w.Rows * w.Columns, ref random);
            }
            else
            {
                Shuffle(shuffled.elements.Pointer, (long)w.Rows * w.Columns, ref random);
            }

            return shuffled;
        }
        catch
        {
            shuffled.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        for (var i = 0; i < rowCount; i++)
        {
            var at = ((long)(row + i) * Columns) + column;
            var to = tile.Slice(i * stride, columnCount);
            if (single)
            {
                Widening.ToDouble(DType.F32, bigEndian: false, MemoryMarshal.AsBytes(new Span<float>((float*)elements.Pointer + at, columnCount)), to);
            }
            else
            {
                new ReadOnlySpan<double>(elements.Pointer + at, columnCount).CopyTo(to);
            }
        }
    }

    public void Dispose() => elements.Dispose();

    private void Load(IMatrix w, CancellationToken cancellation)
    {
        var most = Math.Clamp(TileElements / Columns, 1, Rows);
        var tile = new double[most * Columns];
        for (var row = 0; row < Rows; row += most)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(most, Rows - row);
            w.Read(row, 0, count, Columns, tile, Columns);
            Store((long)row * Columns, tile.AsSpan(0, count * Columns));
        }
    }

    private void Store(long at, ReadOnlySpan<double> values)
    {
        if (!single)
        {
            values.CopyTo(new Span<double>(elements.Pointer + at, values.Length));
            return;
        }

        var to = new Span<float>((float*)elements.Pointer + at, values.Length);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (float)values[i];
        }
    }

    private static void Shuffle<T>(T* values, long count, ref SplitMix64 random)
        where T : unmanaged
    {
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
