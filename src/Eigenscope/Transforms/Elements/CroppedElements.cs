namespace Eigenscope.Transforms;

/// <summary>The leading part of a larger tensor: the first of its elements along every axis.</summary>
internal sealed class CroppedElements : IElements
{
    private readonly IElements whole;
    private readonly int rowLength;
    private readonly long wholeRowLength;

    /// <param name="whole">The larger tensor.</param>
    /// <param name="shape">The length of each axis that is kept: as many axes, none of them longer.</param>
    public CroppedElements(IElements whole, IReadOnlyList<long> shape)
    {
        if (shape.Count != whole.Shape.Count || shape.Where((length, axis) => length > whole.Shape[axis]).Any())
        {
            throw new ArgumentException($"[{string.Join(", ", shape)}] does not lie in [{string.Join(", ", whole.Shape)}]", nameof(shape));
        }

        (this.whole, Shape) = (whole, shape);
        (rowLength, wholeRowLength) = shape.Count == 0 ? (1, 1) : (checked((int)shape[^1]), whole.Shape[^1]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; }

    /// <inheritdoc/>
    public void Read(long first, Span<double> to)
    {
        while (to.Length > 0)
        {
            var (row, column) = Math.DivRem(first, rowLength);
            var count = Math.Min(to.Length, rowLength - (int)column);
            whole.Read((RowOfWhole(row) * wholeRowLength) + column, to[..count]);
            first += count;
            to = to[count..];
        }
    }

    /// <summary>The place of a row among the rows of the larger tensor.</summary>
    private long RowOfWhole(long row)
    {
        var (place, step) = (0L, 1L);
        for (var axis = Shape.Count - 2; axis >= 0; axis--)
        {
            place += row % Shape[axis] * step;
            row /= Shape[axis];
            step *= whole.Shape[axis];
        }

        return place;
    }
}
