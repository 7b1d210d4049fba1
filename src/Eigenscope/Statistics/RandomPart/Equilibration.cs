using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>Brings the rows and columns of a matrix to equal lengths: what is left of the spectrum then owes nothing to single large or small rows and columns.</summary>
/// <remarks>Rows and columns are divided in turn by their root mean squares (Sinkhorn and Knopp 1967, for the squares of the elements). Rows and columns of zeros stay as they are.</remarks>
public static class Equilibration
{
    private const int Rounds = 20;

    /// <summary>The matrix with rows and columns of root mean square 1, to within what twenty rounds reach.</summary>
    /// <param name="w">The matrix; it is read whole.</param>
    /// <returns>A new matrix of the same shape, float64.</returns>
    public static DenseMatrix Of(IMatrix w)
    {
        var (rows, columns) = (w.Rows, w.Columns);
        var values = new double[rows * columns];
        w.Read(0, 0, rows, columns, values, columns);
        for (var round = 0; round < Rounds; round++)
        {
            Divide(values, rows, columns, columns, 1);
            Divide(values, columns, rows, 1, columns);
        }

        return new DenseMatrix(rows, columns, values);
    }

    /// <summary>Divides each of <paramref name="count"/> lines, which begin <paramref name="between"/> apart, by its root mean square.</summary>
    private static void Divide(double[] values, int count, int length, int between, int step)
    {
        for (var i = 0; i < count; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < length; j++)
            {
                var x = values[(i * between) + (j * step)];
                sum += x * x;
            }

            var factor = sum > 0 ? 1 / Math.Sqrt(sum / length) : 1;
            for (var j = 0; j < length; j++)
            {
                values[(i * between) + (j * step)] *= factor;
            }
        }
    }
}
