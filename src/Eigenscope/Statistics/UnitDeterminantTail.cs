namespace Eigenscope.Statistics;

/// <summary>
/// The tail of unit determinant: eigenvalues scaled to a mean of 1, and of these the smallest set of the largest ones that is preceded by a product of at least 1: the product of
/// the tail has just fallen below 1 (the ERG condition of SETOL, Martin and Hinrichs 2025; WeightWatcher's detX).
/// </summary>
/// <remarks>The product is a sum of logarithms, so that it neither overflows nor underflows, whatever the number of eigenvalues.</remarks>
/// <param name="Count">The length of the tail; all where no product is below 1; 0 where all eigenvalues are equal.</param>
/// <param name="Start">The smallest eigenvalue of the tail.</param>
/// <param name="ScaledStart">The same with a mean of 1.</param>
public sealed record UnitDeterminantTail(int Count, double Start, double ScaledStart)
{
    /// <summary>Finds the tail of eigenvalues in ascending order, not all zero.</summary>
    public static UnitDeterminantTail Of(ReadOnlySpan<double> ascending)
    {
        var (n, sum) = (ascending.Length, 0.0);
        foreach (var lambda in ascending)
        {
            sum += lambda;
        }

        if (n < 2 || ascending[0] == ascending[^1])
        {
            return At(ascending, 0, 0, sum);
        }

        var logarithm = 0.0;
        for (var count = 1; count <= n; count++)
        {
            logarithm += Math.Log(ascending[n - count] * n / sum);
            if (logarithm < 0)
            {
                return At(ascending, count, n - count, sum);
            }
        }

        return At(ascending, n, 1, sum);
    }

    private static UnitDeterminantTail At(ReadOnlySpan<double> ascending, int count, int index, double sum) =>
        new(count, ascending[index], ascending[index] * ascending.Length / sum);
}
