using Eigenscope.LinearAlgebra;
using Eigenscope.Tests.LinearAlgebra;

namespace Eigenscope.Tests.Spectra;

/// <summary>Kinds of matrices on which two solvers are compared, of any shape and repeatable by a seed.</summary>
internal static class LapackMatrices
{
    public static IReadOnlyDictionary<string, Func<int, int, int, DenseMatrix>> Kinds { get; } = new Dictionary<string, Func<int, int, int, DenseMatrix>>
    {
        ["random"] = Matrices.Normal,
        ["graded from 1 to 1e-12"] = (rows, columns, seed) => WithSingularValues(rows, columns, seed, (k, m) => Math.Pow(10, -12.0 * k / Math.Max(1, m - 1))),
        ["clustered"] = (rows, columns, seed) => WithSingularValues(rows, columns, seed, (k, m) => 3 - (k * 3 / m) + (k % 5 * 1e-15)),
        ["of low rank"] = LowRank,
        ["of duplicated rows"] = DuplicatedRows,
        ["arrow"] = Arrow,
        ["Wilkinson"] = (rows, columns, _) => Matrices.Of(rows, columns, (i, j) => i == j ? Math.Abs(i - (Math.Min(rows, columns) / 2)) : Math.Abs(i - j) == 1 ? 1 : 0),
        ["zero"] = (rows, columns, _) => Matrices.Of(rows, columns, (i, j) => 0),
        ["large"] = (rows, columns, seed) => Matrices.Normal(rows, columns, seed).Times(1e30),
        ["small"] = (rows, columns, seed) => Matrices.Normal(rows, columns, seed).Times(1e-30),
        ["large and small"] = (rows, columns, seed) => Scaled(Matrices.Normal(rows, columns, seed), i => i % 3 == 0 ? 1e30 : 1e-30),
    };

    private static DenseMatrix WithSingularValues(int rows, int columns, int seed, Func<int, int, double> sigma)
    {
        var m = Math.Min(rows, columns);
        return Matrices.WithSingularValues(rows, columns, [.. Enumerable.Range(0, m).Select(k => sigma(k, m))], seed);
    }

    /// <summary>The sum of up to three products of a column and a row.</summary>
    private static DenseMatrix LowRank(int rows, int columns, int seed)
    {
        var (u, v) = (Matrices.Normal(rows, 3, seed), Matrices.Normal(3, columns, seed + 1));
        return Matrices.Of(rows, columns, (i, j) => (u[i, 0] * v[0, j]) + (u[i, 1] * v[1, j]) + (u[i, 2] * v[2, j]));
    }

    /// <summary>Every fourth row, four times.</summary>
    private static DenseMatrix DuplicatedRows(int rows, int columns, int seed)
    {
        var w = Matrices.Normal(rows, columns, seed);
        return Matrices.Of(rows, columns, (i, j) => w[i / 4, j]);
    }

    /// <summary>A diagonal, the first row and the first column.</summary>
    private static DenseMatrix Arrow(int rows, int columns, int seed)
    {
        var draws = new Draws(seed).Normals(rows + columns);
        return Matrices.Of(rows, columns, (i, j) => i == j ? i : i == 0 ? draws[j] : j == 0 ? draws[columns + i] : 0);
    }

    private static DenseMatrix Scaled(DenseMatrix w, Func<int, double> factor) => Matrices.Of(w.Rows, w.Columns, (i, j) => w[i, j] * factor(i));
}
