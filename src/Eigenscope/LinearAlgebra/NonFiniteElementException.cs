namespace Eigenscope.LinearAlgebra;

/// <summary>A matrix holds a NaN or an infinity, so it has no spectrum.</summary>
/// <param name="row">The row of the first such element in row-major order.</param>
/// <param name="column">Its column.</param>
/// <param name="value">NaN or an infinity.</param>
public sealed class NonFiniteElementException(int row, int column, double value)
    : Exception($"the element [{row}, {column}] is {Text(value)}")
{
    /// <summary>The row of the first such element in row-major order.</summary>
    public int Row { get; } = row;

    /// <summary>The column of that element.</summary>
    public int Column { get; } = column;

    /// <summary>NaN or an infinity.</summary>
    public double Value { get; } = value;

    /// <summary>NaN, +Inf or -Inf.</summary>
    public string ValueText => Text(Value);

    /// <summary>Finds the first non-finite element in row-major order and throws; returns if there is none.</summary>
    internal static void ThrowFirst(IMatrix matrix)
    {
        var row = new double[matrix.Columns];
        for (var i = 0; i < matrix.Rows; i++)
        {
            matrix.Read(i, 0, 1, row.Length, row, row.Length);
            var j = Array.FindIndex(row, value => !double.IsFinite(value));
            if (j >= 0)
            {
                throw new NonFiniteElementException(i, j, row[j]);
            }
        }
    }

    private static string Text(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}
