using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>A matrix inside the elements of a tensor, which lie densely in row-major order in memory: taken out, and put back.</summary>
internal sealed class TensorSlice
{
    private readonly long origin;
    private readonly long[] rows;
    private readonly long[] columns;

    private TensorSlice(TensorMatrix matrix) => (origin, rows, columns) = matrix.RowMajorPlaces();

    /// <summary>The number of rows.</summary>
    public int Rows => rows.Length;

    /// <summary>The number of columns.</summary>
    public int Columns => columns.Length;

    /// <summary>True where the matrix is the whole tensor as it lies.</summary>
    public bool IsWhole => origin == 0 && IsEven(rows, columns.Length) && IsEven(columns, 1);

    /// <summary>The matrices of a layer, each with the rows and columns that <see cref="WeightMatrix.Slices"/> has.</summary>
    public static IReadOnlyList<TensorSlice> Of(WeightMatrix layer) => [.. layer.Slices.Select(slice => new TensorSlice((TensorMatrix)slice))];

    /// <summary>The only matrix of a layer with rows along the first axis of the tensor; null where it is not the whole tensor.</summary>
    public static TensorSlice? Whole(WeightMatrix layer) =>
        layer.Slices is [TensorMatrix only] ? ((TensorSlice[])[new(only), new(only.Transposed())]).FirstOrDefault(slice => slice.IsWhole) : null;

    /// <summary>The number of an element in the tensor.</summary>
    /// <param name="position">Its number in the matrix, in row-major order.</param>
    public long PlaceOf(int position) => origin + rows[position / columns.Length] + columns[position % columns.Length];

    /// <summary>The elements of the matrix.</summary>
    /// <param name="tensor">The elements of the tensor.</param>
    public RowMajor Take(ReadOnlySpan<double> tensor)
    {
        var matrix = new RowMajor(Rows, Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = matrix.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = tensor[(int)(origin + rows[i] + columns[j])];
            }
        }

        return matrix;
    }

    /// <summary>Puts other elements in their place.</summary>
    public void Put(RowMajor matrix, Span<double> tensor)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = matrix.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                tensor[(int)(origin + rows[i] + columns[j])] = row[j];
            }
        }
    }

    private static bool IsEven(long[] places, long step)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] != i * step)
            {
                return false;
            }
        }

        return true;
    }
}
