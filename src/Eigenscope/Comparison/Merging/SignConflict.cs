using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>How far changes pull single weights in opposite directions.</summary>
/// <param name="Share">The share of elements that changes of both signs meet in, 0 to 1.</param>
/// <param name="Cancelled">1 - sum |sum_i D_i| / sum sum_i |D_i|, over elements: the share of all movement that a sum of the changes loses, 0 to 1; null where all are zero.</param>
public sealed record SignConflict(double Share, double? Cancelled)
{
    /// <summary>Compares changes of one shape, row by row.</summary>
    /// <param name="changes">At least one.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    public static SignConflict Of(IReadOnlyList<IMatrix> changes, CancellationToken cancellation = default)
    {
        double[][] rows = [.. changes.Select(change => new double[change.Columns])];
        var (conflicts, summed, moved, elements) = (0L, 0.0, 0.0, (long)changes[0].Rows * changes[0].Columns);
        for (var row = 0; row < changes[0].Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < rows.Length; i++)
            {
                changes[i].Read(row, 0, 1, rows[i].Length, rows[i], rows[i].Length);
            }

            for (var column = 0; column < rows[0].Length; column++)
            {
                var (sum, size, up, down) = (0.0, 0.0, false, false);
                foreach (var values in rows)
                {
                    var x = values[column];
                    (sum, size, up, down) = (sum + x, size + Math.Abs(x), up || x > 0, down || x < 0);
                }

                conflicts += up && down ? 1 : 0;
                (summed, moved) = (summed + Math.Abs(sum), moved + size);
            }
        }

        return new((double)conflicts / elements, moved > 0 ? 1 - (summed / moved) : null);
    }
}
