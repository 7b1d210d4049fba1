namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix in panels of 24 rows (see <see cref="Panel"/>), its columns rounded up to whole panels too; at first of undefined content.</summary>
internal sealed unsafe class PanelMatrix(int rows, int columns) : IPanels, IDisposable
{
    private readonly nint step = (nint)Panel.Padded(columns) * Panel.Rows;
    private readonly AlignedBuffer buffer = new((long)Panel.Count(rows) * Panel.Padded(columns) * Panel.Rows, zeroed: false);

    /// <inheritdoc/>
    public double* Start(int panel) => buffer.Pointer + (panel * step);

    /// <summary>The same elements, row by row.</summary>
    public DenseMatrix ToDense(Execution execution)
    {
        var values = new double[(long)rows * columns];
        execution.ForEach(Panel.Count(rows), panel => CopyRows(panel, values));
        return new DenseMatrix(rows, columns, values);
    }

    public void Dispose() => buffer.Dispose();

    private void CopyRows(int panel, double[] values)
    {
        var from = Start(panel);
        for (var i = panel * Panel.Rows; i < Math.Min(rows, (panel + 1) * Panel.Rows); i++, from++)
        {
            var to = values.AsSpan(i * columns, columns);
            for (var j = 0; j < to.Length; j++)
            {
                to[j] = from[(nint)j * Panel.Rows];
            }
        }
    }
}
