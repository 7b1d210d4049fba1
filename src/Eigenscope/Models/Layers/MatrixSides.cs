namespace Eigenscope.Models.Layers;

/// <summary>The length of the two sides of a tensor's matrix, or of each of its matrices where it is a stack.</summary>
internal readonly record struct MatrixSides(long Rows, long Columns)
{
    /// <summary>The number of indices along a side: 0 for rows, 1 for columns.</summary>
    public long this[int side] => side == 0 ? Rows : Columns;
}
