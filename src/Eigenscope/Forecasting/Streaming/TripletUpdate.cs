using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>How singular values and vectors follow a change D of their matrix.</summary>
internal static class TripletUpdate
{
    /// <summary>Below this, relative to the largest, two eigenvalues count as one whose vectors are left as they are.</summary>
    private const double Degenerate = 1e-14;

    /// <summary>By a method.</summary>
    public static Triplets Of(StreamedMethod method, Triplets old, IMatrix d, int threads, CancellationToken cancellation) => method switch
    {
        StreamedMethod.Brand => Brand(old, d, threads, cancellation),
        StreamedMethod.FirstOrder => Perturbed(old, d, Coefficient, complement: true, threads, cancellation),
        _ => Perturbed(old, d, PublishedCoefficient, complement: false, threads, cancellation),
    };

    /// <summary>
    /// With P spanning what D V adds to U and R what D^T U adds to V, the singular values of [U P]^T (U diag(sigma) V^T + D) [V R]; the k largest are kept. For k = M nothing is lost.
    /// </summary>
    private static Triplets Brand(Triplets old, IMatrix d, int threads, CancellationToken cancellation)
    {
        var right = Entries.Columns(old.Right);
        double[][] dv = Images(d, right, threads, cancellation);
        double[][] du = Images(new TransposedMatrix(d), Entries.Columns(old.Left), threads, cancellation);
        var scale = Math.Sqrt(dv.Concat(du).Max(vector => Lanes.Dot(vector, vector)));
        var p = Orthonormal.Complement(old.Left, dv.Select(Copy), scale);
        var r = Orthonormal.Complement(old.Right, du.Select(Copy), scale);
        double[][] u = [.. old.Left, .. p], v = [.. old.Right, .. r];
        double[][] action = r.Count == 0 ? dv : [.. dv, .. Images(d, Entries.Columns(r), threads, cancellation)];
        var core = v.Select((_, j) => u.Select((direction, i) => Lanes.Dot(direction, action[j]) + (i == j && j < old.Right.Length ? old.SingularValues[j] : 0)).ToArray()).ToArray();
        return Rotated(core, u, v, old.SingularValues.Length, cancellation);
    }

    /// <summary>The k largest triplets of U K V^T, K by columns. A matrix of more columns than rows is decomposed the other way round.</summary>
    private static Triplets Rotated(double[][] core, double[][] u, double[][] v, int k, CancellationToken cancellation)
    {
        if (core.Length > core[0].Length)
        {
            var turned = Rotated(Turned(core), v, u, k, cancellation);
            return new(turned.SingularValues, turned.Right, turned.Left);
        }

        var svd = JacobiSvd.Of(core, cancellation);
        var kept = Math.Min(k, svd.SingularValues.TakeWhile(sigma => sigma > 0).Count());
        double[][] left = Combined(u, svd.Left.Take(kept)), right = Combined(v, svd.Right.Take(k));
        return new(svd.SingularValues[..k], [.. left, .. Orthonormal.Complement(left, u.Select(Copy), 0).Take(k - kept)], right);
    }

    private static double[][] Turned(double[][] columns) => [.. Enumerable.Range(0, columns[0].Length).Select(i => columns.Select(column => column[i]).ToArray())];

    private static double[][] Combined(double[][] basis, IEnumerable<double[]> weights) => [.. weights.Select(weight => Combined(basis, weight))];

    private static double[] Combined(double[][] basis, double[] weight)
    {
        var sum = new double[basis[0].Length];
        for (var i = 0; i < basis.Length; i++)
        {
            Orthonormal.AddScaled(weight[i], basis[i], sum);
        }

        return sum;
    }

    /// <summary>sigma_k + u_k^T D v_k, and each vector moved along the others of its side and, with the complement, out of their span.</summary>
    private static Triplets Perturbed(Triplets old, IMatrix d, Func<double, double, double, double, double> coefficient, bool complement, int threads, CancellationToken cancellation)
    {
        double[][] dv = Images(d, Entries.Columns(old.Right), threads, cancellation);
        double[][] du = Images(new TransposedMatrix(d), Entries.Columns(old.Left), threads, cancellation);
        var (k, sigma) = (old.SingularValues.Length, old.SingularValues);
        double[][] left = [.. old.Left.Select(Copy)], right = [.. old.Right.Select(Copy)];
        var moved = new double[k];
        for (var i = 0; i < k; i++)
        {
            moved[i] = sigma[i] + Lanes.Dot(old.Left[i], dv[i]);
            for (var j = 0; j < k; j++)
            {
                if (j != i && Math.Abs(sigma[i] - sigma[j]) > Degenerate * sigma[0])
                {
                    double ji = Lanes.Dot(old.Left[j], dv[i]), ij = Lanes.Dot(old.Left[i], dv[j]);
                    Orthonormal.AddScaled(coefficient(sigma[i], sigma[j], ji, ij), old.Left[j], left[i]);
                    Orthonormal.AddScaled(coefficient(sigma[i], sigma[j], ij, ji), old.Right[j], right[i]);
                }
            }

            if (complement && sigma[i] > Degenerate * sigma[0])
            {
                AddOutside(old.Left, dv[i], 1 / sigma[i], left[i]);
                AddOutside(old.Right, du[i], 1 / sigma[i], right[i]);
            }
        }

        return Sorted(moved, left, right);
    }

    /// <summary>(s_i a_ji + s_j a_ij) / (s_i^2 - s_j^2).</summary>
    private static double Coefficient(double si, double sj, double ji, double ij) => ((si * ji) + (sj * ij)) / ((si - sj) * (si + sj));

    private static double PublishedCoefficient(double si, double sj, double ji, double ij) => (ji / (si - sj)) + (ij / (si + sj));

    /// <summary>to += a (I - B B^T) x</summary>
    private static void AddOutside(double[][] basis, double[] x, double a, double[] to)
    {
        var rest = Copy(x);
        foreach (var vector in basis)
        {
            Orthonormal.AddScaled(-Lanes.Dot(vector, rest), vector, rest);
        }

        Orthonormal.AddScaled(a, rest, to);
    }

    /// <summary>Descending, a negative value with its left vector turned round, and orthonormal again from the largest on.</summary>
    private static Triplets Sorted(double[] sigma, double[][] left, double[][] right)
    {
        int[] order = [.. Enumerable.Range(0, sigma.Length).OrderByDescending(i => Math.Abs(sigma[i]))];
        return new(
            [.. order.Select(i => Math.Abs(sigma[i]))],
            Orthonormal.Of(order.Select(i => sigma[i] < 0 ? Array.ConvertAll(left[i], x => -x) : left[i])),
            Orthonormal.Of(order.Select(i => right[i])));
    }

    private static double[][] Images(IMatrix d, DenseMatrix vectors, int threads, CancellationToken cancellation) => Entries.Vectors(MatrixProduct.Of(d, vectors, threads, cancellation));

    private static double[] Copy(double[] vector) => (double[])vector.Clone();
}
