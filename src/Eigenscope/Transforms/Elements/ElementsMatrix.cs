using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>The elements of a tensor as a matrix: its first axis down, all others across.</summary>
internal sealed class ElementsMatrix : IMatrix
{
    private readonly IElements elements;

    /// <param name="elements">A tensor of two axes or more, none of them empty.</param>
    public ElementsMatrix(IElements elements)
    {
        this.elements = elements;
        Rows = checked((int)elements.Shape[0]);
        Columns = checked((int)elements.Shape.Skip(1).Aggregate(1L, (product, size) => product * size));
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public void Read(int row, int column, int rowCount, int columnCount, Span<double> tile, int stride)
    {
        if (columnCount == Columns && stride == Columns)
        {
            elements.Read((long)row * Columns, tile[..(rowCount * Columns)]);
            return;
        }

        for (var i = 0; i < rowCount; i++)
        {
            elements.Read(((row + i) * (long)Columns) + column, tile.Slice(i * stride, columnCount));
        }
    }
}
