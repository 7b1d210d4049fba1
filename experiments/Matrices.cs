using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Experiments;

/// <summary>Arithmetic with small matrices.</summary>
internal static class Matrices
{
    /// <summary>|A - B|_F.</summary>
    public static double Distance(DenseMatrix a, DenseMatrix b) => Norm(Of(a.Rows, a.Columns, (i, j) => a[i, j] - b[i, j]));

    /// <summary>|A|_F.</summary>
    public static double Norm(DenseMatrix a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < a.Columns; j++)
            {
                sum += a[i, j] * a[i, j];
            }
        }

        return Math.Sqrt(sum);
    }

    /// <summary>A less a part of sigma_k u_k v_k^T of some of its singular values, counted from the largest; those that are zero beside the largest have no vectors and stay.</summary>
    public static DenseMatrix Without(DenseMatrix a, LeadingVectors vectors, IReadOnlyList<int> removed, double part = 1)
    {
        int[] known = [.. removed.Where(k => k < vectors.SingularValues.Count)];
        return Of(a.Rows, a.Columns, (i, j) =>
        {
            var element = a[i, j];
            foreach (var k in known)
            {
                element -= part * vectors.SingularValues[k] * vectors.Left[k][i] * vectors.Right[k][j];
            }

            return element;
        });
    }

    /// <summary>A and independent normal numbers, which are scaled to a Frobenius norm.</summary>
    public static DenseMatrix Disturbed(DenseMatrix a, double norm, Sampling draws)
    {
        var noise = Of(a.Rows, a.Columns, (_, _) => draws.Normal());
        var scale = norm / Norm(noise);
        return Of(a.Rows, a.Columns, (i, j) => a[i, j] + (scale * noise[i, j]));
    }

    /// <summary>The elements in random order.</summary>
    public static DenseMatrix Shuffled(DenseMatrix a, Sampling draws)
    {
        var order = Choose(a.Rows * a.Columns, a.Rows * a.Columns, draws);
        return Of(a.Rows, a.Columns, (i, j) => a[order[(i * a.Columns) + j] / a.Columns, order[(i * a.Columns) + j] % a.Columns]);
    }

    /// <summary>Some of the numbers from 0 to n - 1, each once, in random order.</summary>
    public static int[] Choose(int n, int count, Sampling draws)
    {
        int[] all = [.. Enumerable.Range(0, n)];
        for (var i = 0; i < count; i++)
        {
            var j = i + (int)(draws.Uniform() * (n - i));
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..count];
    }

    private static DenseMatrix Of(int rows, int columns, Func<int, int, double> of)
    {
        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = of(i / columns, i % columns);
        }

        return new DenseMatrix(rows, columns, values);
    }
}
