namespace Eigenscope.LinearAlgebra;

/// <summary>max |w_ij|, by which a matrix is brought into range.</summary>
internal static class LargestMagnitude
{
    /// <summary>Reads W once, row by row.</summary>
    public static double Of(IMatrix w, CancellationToken cancellation)
    {
        var largest = 0.0;
        var row = new double[w.Columns];
        for (var i = 0; i < w.Rows; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            w.Read(i, 0, 1, row.Length, row, row.Length);
            foreach (var value in row)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }
        }

        return largest;
    }
}
