using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>Sums over all entries of matrices, and their entries in memory.</summary>
internal static class Entries
{
    private const int Room = 1 << 18;

    /// <summary>sum a_ij b_ij, by blocks of rows, in ascending order.</summary>
    public static double Dot(IMatrix a, IMatrix b, CancellationToken cancellation)
    {
        var rowsAtOnce = Math.Clamp(Room / a.Columns, 1, a.Rows);
        double[] x = new double[rowsAtOnce * a.Columns], y = new double[rowsAtOnce * a.Columns];
        var sum = 0.0;
        for (var row = 0; row < a.Rows; row += rowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(rowsAtOnce, a.Rows - row);
            a.Read(row, 0, rows, a.Columns, x, a.Columns);
            b.Read(row, 0, rows, a.Columns, y, a.Columns);
            sum += Lanes.Dot(x.AsSpan(0, rows * a.Columns), y.AsSpan(0, rows * a.Columns));
        }

        return sum;
    }

    /// <summary>|A|_F^2.</summary>
    public static double SquaredNorm(IMatrix a, CancellationToken cancellation) => Dot(a, a, cancellation);

    /// <summary>All entries, row by row.</summary>
    public static double[] Of(IMatrix a)
    {
        var values = new double[a.Rows * a.Columns];
        a.Read(0, 0, a.Rows, a.Columns, values, a.Columns);
        return values;
    }

    /// <summary>Vectors as the columns of a matrix.</summary>
    public static DenseMatrix Columns(IReadOnlyList<double[]> vectors)
    {
        var (rows, count) = (vectors[0].Length, vectors.Count);
        var values = new double[rows * count];
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < rows; i++)
            {
                values[(i * count) + k] = vectors[k][i];
            }
        }

        return new DenseMatrix(rows, count, values);
    }

    /// <summary>Vectors as the rows of a matrix.</summary>
    public static DenseMatrix Rows(IReadOnlyList<double[]> vectors)
    {
        var values = new double[vectors.Count * vectors[0].Length];
        for (var k = 0; k < vectors.Count; k++)
        {
            vectors[k].CopyTo(values, k * vectors[k].Length);
        }

        return new DenseMatrix(vectors.Count, vectors[0].Length, values);
    }

    /// <summary>The columns of a matrix.</summary>
    public static double[][] Vectors(DenseMatrix matrix)
    {
        var vectors = new double[matrix.Columns][];
        for (var k = 0; k < vectors.Length; k++)
        {
            vectors[k] = new double[matrix.Rows];
            for (var i = 0; i < matrix.Rows; i++)
            {
                vectors[k][i] = matrix[i, k];
            }
        }

        return vectors;
    }
}
