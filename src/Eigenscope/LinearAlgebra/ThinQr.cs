namespace Eigenscope.LinearAlgebra;

/// <summary>The triangular factor R of a tall and thin matrix A = Q R, by Householder's reflections (1958); Q is not kept.</summary>
/// <remarks>For a product B A^T of two such matrices the singular values are those of R_B R_A^T, to eps sigma_max, and the large product is never formed. Cost: 2 N r^2 flops.</remarks>
internal static class ThinQr
{
    /// <summary>R, of order r.</summary>
    /// <param name="columns">The r columns of A, each of the same length; they are overwritten.</param>
    /// <returns>r x r, with zeros below the diagonal; rows beyond the length of the columns are zero.</returns>
    public static double[,] Factor(double[][] columns)
    {
        var r = new double[columns.Length, columns.Length];
        for (var k = 0; k < columns.Length; k++)
        {
            Reflect(columns, k);
            for (var i = 0; i <= Math.Min(k, columns[k].Length - 1); i++)
            {
                r[i, k] = columns[k][i];
            }
        }

        return r;
    }

    /// <summary>Clears column k below its element k, and applies the reflection to the columns after it.</summary>
    private static void Reflect(double[][] columns, int k)
    {
        var v = columns[k].AsSpan(Math.Min(k, columns[k].Length));
        var norm = Norm(v);
        if (v.Length < 2 || norm == 0)
        {
            return;
        }

        var beta = -Math.CopySign(norm, v[0]);
        var (tau, scale) = ((beta - v[0]) / beta, 1 / (v[0] - beta));
        v[0] = 1;
        for (var i = 1; i < v.Length; i++)
        {
            v[i] *= scale;
        }

        for (var j = k + 1; j < columns.Length; j++)
        {
            Apply(v, tau, columns[j].AsSpan(k));
        }

        v.Clear();
        v[0] = beta;
    }

    private static void Apply(ReadOnlySpan<double> v, double tau, Span<double> x)
    {
        var dot = 0.0;
        for (var i = 0; i < v.Length; i++)
        {
            dot += v[i] * x[i];
        }

        for (var i = 0; i < v.Length; i++)
        {
            x[i] -= tau * dot * v[i];
        }
    }

    /// <summary>The length of a vector, scaled so that nothing overflows or vanishes.</summary>
    private static double Norm(ReadOnlySpan<double> v)
    {
        var (largest, sum) = (0.0, 0.0);
        foreach (var x in v)
        {
            largest = Math.Max(largest, Math.Abs(x));
        }

        for (var i = 0; i < v.Length && largest > 0; i++)
        {
            sum += v[i] / largest * (v[i] / largest);
        }

        return largest * Math.Sqrt(sum);
    }
}
