namespace Eigenscope.Spectra;

/// <summary>A matrix kept to its k largest singular values: the nearest one of rank k in the Frobenius and the spectral norm (Eckart and Young 1936; Mirsky 1960).</summary>
/// <param name="Rank">k, from 0 to the number of singular values.</param>
/// <param name="Share">The share of the squared Frobenius norm that is kept, 0 to 1.</param>
/// <param name="Error">The Frobenius norm of what is lost, relative to that of W: sqrt(1 - <paramref name="Share"/>), summed from what is lost.</param>
/// <param name="SpectralError">The spectral norm of what is lost, relative to that of W: sigma_(k+1) / sigma_1.</param>
/// <param name="Elements">How many numbers two factors of rank k hold: k (rows + columns).</param>
/// <param name="DenseElements">How many numbers the matrix holds: rows times columns.</param>
public readonly record struct Truncation(int Rank, double Share, double Error, double SpectralError, long Elements, long DenseElements)
{
    /// <summary>Keeps k singular values.</summary>
    /// <param name="ascending">The eigenvalues sigma^2, ascending; at least one.</param>
    /// <param name="rank">k.</param>
    /// <param name="rows">Rows of W.</param>
    /// <param name="columns">Columns of W.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 0 or above the number of eigenvalues.</exception>
    public static Truncation Of(IReadOnlyList<double> ascending, int rank, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, ascending.Count);
        var lost = Sum(ascending, ascending.Count - rank);
        var total = Sum(ascending, ascending.Count);
        var next = rank < ascending.Count ? ascending[^(rank + 1)] : 0;
        return total > 0
            ? new(rank, 1 - (lost / total), Math.Sqrt(lost / total), Math.Sqrt(next / ascending[^1]), (long)rank * (rows + columns), (long)rows * columns)
            : new(rank, 1, 0, 0, (long)rank * (rows + columns), (long)rows * columns);
    }

    /// <summary>The least rank that keeps a share of the squared Frobenius norm.</summary>
    /// <param name="ascending">The eigenvalues, ascending.</param>
    /// <param name="share">From 0 to 1.</param>
    public static int RankFor(IReadOnlyList<double> ascending, double share)
    {
        var limit = (1 - share) * Sum(ascending, ascending.Count);
        var (lost, dropped) = (0.0, 0);
        while (dropped < ascending.Count && lost + ascending[dropped] <= limit)
        {
            lost += ascending[dropped++];
        }

        return ascending.Count - dropped;
    }

    /// <summary>The largest rank at which two factors hold fewer numbers than the matrix.</summary>
    public static int BreakEven(int rows, int columns) => (int)((((long)rows * columns) - 1) / (rows + columns));

    private static double Sum(IReadOnlyList<double> ascending, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += ascending[i];
        }

        return sum;
    }
}
