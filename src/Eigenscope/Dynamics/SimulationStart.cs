using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Dynamics;

/// <summary>Where all paths of a simulation start: a matrix, or singular values alone.</summary>
public sealed record SimulationStart
{
    private SimulationStart(string description, int rows, int columns, double[] singularValues, DenseMatrix? matrix)
    {
        (Description, Rows, Columns) = (description, rows, columns);
        (SingularValues, Matrix) = (singularValues, matrix);
    }

    /// <summary>What it is, for people.</summary>
    public string Description { get; }

    /// <summary>N, at least M.</summary>
    public int Rows { get; }

    /// <summary>M.</summary>
    public int Columns { get; }

    /// <summary>The singular values, ascending, from 0.</summary>
    public IReadOnlyList<double> SingularValues { get; }

    /// <summary>The matrix, N x M; null where it is the diagonal matrix of the singular values.</summary>
    internal DenseMatrix? Matrix { get; }

    /// <summary>The zero matrix.</summary>
    /// <param name="rows">N.</param>
    /// <param name="columns">M, from 1 to N.</param>
    /// <returns>The start.</returns>
    /// <exception cref="ArgumentException">The shape is not N &gt;= M &gt;= 1.</exception>
    public static SimulationStart Zeros(int rows, int columns)
    {
        RequireShape(rows, columns);
        return new("zeros", rows, columns, new double[columns], null);
    }

    /// <summary>Given eigenvalues of W^T W, which may repeat and be 0.</summary>
    /// <param name="rows">N, at least as many as there are eigenvalues.</param>
    /// <param name="lambda">M eigenvalues, in any order, from 0.</param>
    /// <returns>The start.</returns>
    /// <exception cref="ArgumentException">There are none or more than N, or one is negative or not finite.</exception>
    public static SimulationStart Eigenvalues(int rows, IReadOnlyList<double> lambda)
    {
        RequireShape(rows, lambda.Count);
        return lambda.All(x => x >= 0 && double.IsFinite(x))
            ? new("values", rows, lambda.Count, [.. lambda.Order().Select(Math.Sqrt)], null)
            : throw new ArgumentException("an eigenvalue is negative or not finite", nameof(lambda));
    }

    /// <summary>A matrix of independent normal elements of mean 0, the same for all paths.</summary>
    /// <param name="rows">N.</param>
    /// <param name="columns">M, from 1 to N.</param>
    /// <param name="variance">The variance of an element, not negative.</param>
    /// <param name="seed">The same seed gives the same matrix.</param>
    /// <returns>The start.</returns>
    /// <exception cref="ArgumentException">The shape is not N &gt;= M &gt;= 1, or the variance is negative or not finite.</exception>
    public static SimulationStart Random(int rows, int columns, double variance, long seed)
    {
        RequireShape(rows, columns);
        Domain.NotNegative(variance);
        var (random, values) = (new Sampling((ulong)seed), new double[rows * columns]);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(variance) * random.Normal();
        }

        return Of(new DenseMatrix(rows, columns, values), "random");
    }

    /// <summary>A matrix, turned over where it is wider than tall.</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="description">What it is, for people.</param>
    /// <returns>The start.</returns>
    /// <exception cref="NonFiniteElementException">The matrix holds a NaN or an infinity.</exception>
    public static SimulationStart Of(IMatrix w, string description)
    {
        var tall = w.Rows >= w.Columns ? w : new TransposedMatrix(w);
        double[] sigma = [.. Spectrum.Of(tall, SpectrumRoute.Accurate).SingularValues];
        return new(description, tall.Rows, tall.Columns, sigma, new DenseMatrix(tall.Rows, tall.Columns, tall.ToArray()));
    }

    /// <summary>W(0), N x M, row by row.</summary>
    internal double[] Values()
    {
        if (Matrix is not null)
        {
            return Matrix.ToArray();
        }

        var values = new double[Rows * Columns];
        for (var k = 0; k < Columns; k++)
        {
            values[(k * Columns) + k] = SingularValues[k];
        }

        return values;
    }

    private static void RequireShape(int rows, int columns)
    {
        if (columns < 1 || rows < columns || (long)rows * columns > Array.MaxLength)
        {
            throw new ArgumentException($"{rows} x {columns} is not a shape N x M with N >= M >= 1", nameof(columns));
        }
    }
}
