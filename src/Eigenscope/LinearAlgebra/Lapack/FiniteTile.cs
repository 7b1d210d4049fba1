namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>Tiles of a matrix as a LAPACK library may see them: some never return from a NaN.</summary>
internal static class FiniteTile
{
    /// <summary>Reads a tile whose rows follow each other, and returns its largest magnitude.</summary>
    /// <exception cref="NonFiniteElementException">It holds a NaN or an infinity.</exception>
    public static double Read(IMatrix w, int row, int column, int rows, int columns, Span<double> tile)
    {
        w.Read(row, column, rows, columns, tile, columns);
        var largest = 0.0;
        foreach (var value in tile)
        {
            var magnitude = Math.Abs(value);
            if (!(magnitude <= double.MaxValue))
            {
                NonFiniteElementException.ThrowFirst(w);
            }

            largest = magnitude > largest ? magnitude : largest;
        }

        return largest;
    }
}
