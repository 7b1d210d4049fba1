using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>The law of the entries of a random matrix.</summary>
public enum NoiseKind
{
    /// <summary>Normal.</summary>
    Gaussian,

    /// <summary>Uniform; excess kurtosis -1.2.</summary>
    Uniform,

    /// <summary>Student's law of 10 degrees of freedom; excess kurtosis 1.</summary>
    Student10,

    /// <summary>Student's law of 5 degrees of freedom; excess kurtosis 6.</summary>
    Student5,

    /// <summary>Student's law of 3 degrees of freedom; the fourth moment is infinite.</summary>
    Student3,

    /// <summary>Normal, each row times e^(x / 2) with a normal x.</summary>
    UnequalRows,

    /// <summary>Normal, each column times e^(x / 2) with a normal x.</summary>
    UnequalColumns,
}

/// <summary>Seeded matrices of known make, on which the tests of the random part and the phases are measured.</summary>
/// <remarks>
/// Signals are added on the diagonal: the singular vectors of Gaussian noise have every direction, so that its spectrum with signals in the coordinates is, in law, that with signals in any others.
/// Entries have variance 1.
/// </remarks>
public static class TestMatrices
{
    private static double Root(int n, int m) => Math.Sqrt(n) * Math.Pow((double)m / n, 0.25);

    /// <summary>A matrix of independent entries of variance 1.</summary>
    /// <param name="kind">Their law.</param>
    /// <param name="n">N.</param>
    /// <param name="m">M.</param>
    /// <param name="seed">The same seed gives the same matrix.</param>
    /// <returns>N x M.</returns>
    public static DenseMatrix Noise(NoiseKind kind, int n, int m, long seed) => new(n, m, NoiseValues(kind, n, m, new PortableDraws((ulong)seed)));

    /// <summary>Noise with signals.</summary>
    /// <param name="kind">The law of the entries.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="m">M.</param>
    /// <param name="strengths">The singular values of the signal over the threshold at which they stand out, N^(1/4) M^(1/4); at most M.</param>
    /// <param name="seed">The same seed gives the same matrix.</param>
    /// <returns>N x M.</returns>
    public static DenseMatrix Spiked(NoiseKind kind, int n, int m, IReadOnlyList<double> strengths, long seed) =>
        Spiked(NoiseValues(kind, n, m, new PortableDraws((ulong)seed)), n, m, strengths);

    /// <summary>The eigenvalues with the smallest singular values scaled.</summary>
    /// <param name="ascending">Eigenvalues.</param>
    /// <param name="share">The share of them that is scaled, 0 to 1.</param>
    /// <param name="factor">The factor of the singular values.</param>
    /// <returns>New eigenvalues, ascending.</returns>
    public static double[] ScaleSmallest(IReadOnlyList<double> ascending, double share, double factor)
    {
        var count = (int)Math.Round(share * ascending.Count);
        return [.. ascending.Select((lambda, i) => i < count ? lambda * factor * factor : lambda).Order()];
    }

    /// <summary>The eigenvalues with the smallest singular values all set to a factor times the largest of them: plainly small beside others, but no smaller than noise goes in a square matrix.</summary>
    /// <param name="ascending">Eigenvalues.</param>
    /// <param name="share">The share of them that is set, 0 to 1.</param>
    /// <param name="factor">The factor of the singular value.</param>
    /// <returns>New eigenvalues, ascending.</returns>
    public static double[] LevelSmallest(IReadOnlyList<double> ascending, double share, double factor)
    {
        var count = (int)Math.Round(share * ascending.Count);
        return [.. ascending.Select((lambda, i) => i < count ? ascending[count - 1] * factor * factor : lambda).Order()];
    }

    /// <summary>A matrix of a phase, with signals, ranks and exponents drawn at random within what the phase is meant to be.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="m">M, at least 20.</param>
    /// <param name="seed">The same seed gives the same matrix.</param>
    /// <returns>N x M.</returns>
    public static DenseMatrix OfPhase(Phase phase, int n, int m, long seed)
    {
        var draws = new PortableDraws((ulong)seed);
        return phase switch
        {
            Phase.RandomLike => new DenseMatrix(n, m, NoiseValues(draws.Uniform() < 0.6 ? NoiseKind.Gaussian : NoiseKind.Uniform, n, m, draws)),
            Phase.BleedingOut => Gaussian(n, m, Many(draws.Whole(2, Math.Max(3, m / 40)), () => draws.Uniform(1.12, 1.35)), draws),
            Phase.BulkSpikes => Gaussian(n, m, Many(draws.Whole(1, Math.Max(2, m / 20)), () => draws.Uniform(1.7, 4.5)), draws),
            Phase.BulkDecay => Decay(n, m, draws),
            Phase.HeavyTailed => draws.Uniform() < 0.5 ? HeavyEntries(n, m, draws) : HeavySpectrum(n, m, draws),
            Phase.RankCollapse => Collapsed(n, m, draws),
            _ => throw new ArgumentOutOfRangeException(nameof(phase)),
        };
    }

    private static DenseMatrix Decay(int n, int m, PortableDraws draws)
    {
        var (count, exponent) = ((int)(m * draws.Uniform(0.25, 0.5)), draws.Uniform(2.5, 4));
        return Gaussian(n, m, Many(count, () => 0.7 * Math.Pow(draws.Uniform(), -1 / exponent)), draws);
    }

    private static DenseMatrix HeavyEntries(int n, int m, PortableDraws draws)
    {
        var mu = draws.Uniform(1, 2);
        return new DenseMatrix(n, m, Many(n * m, () => draws.SymmetricPareto(mu)));
    }

    /// <summary>Eigenvalues of a power law of density exponent 1.8 to 3, and a little noise.</summary>
    private static DenseMatrix HeavySpectrum(int n, int m, PortableDraws draws)
    {
        var alpha = draws.Uniform(1.8, 3);
        var sigma = Many(m, () => Math.Pow(draws.Uniform(), -0.5 / (alpha - 1)) * 50 * Math.Sqrt(n) / Root(n, m));
        return Gaussian(n, m, sigma, draws);
    }

    /// <summary>A product of a tall and a wide Gaussian matrix, and noise of 1e-4.</summary>
    private static DenseMatrix Collapsed(int n, int m, PortableDraws draws)
    {
        var rank = (int)(m * draws.Uniform(0.2, 0.8));
        var product = MatrixProduct.Of(new DenseMatrix(n, rank, Many(n * rank, draws.Normal)), new DenseMatrix(rank, m, Many(rank * m, draws.Normal)));
        var values = new double[n * m];
        product.Read(0, 0, n, m, values, m);
        return new DenseMatrix(n, m, [.. values.Select(x => (x / Math.Sqrt(rank)) + (1e-4 * draws.Normal()))]);
    }

    private static DenseMatrix Gaussian(int n, int m, double[] strengths, PortableDraws draws) =>
        Spiked(NoiseValues(NoiseKind.Gaussian, n, m, draws), n, m, strengths);

    private static DenseMatrix Spiked(double[] noise, int n, int m, IReadOnlyList<double> strengths)
    {
        for (var i = 0; i < strengths.Count; i++)
        {
            noise[(i * m) + i] += strengths[i] * Root(n, m);
        }

        return new DenseMatrix(n, m, noise);
    }

    private static double[] NoiseValues(NoiseKind kind, int n, int m, PortableDraws draws)
    {
        var rows = Many(n, () => kind == NoiseKind.UnequalRows ? Math.Exp(draws.Normal() / 2) : 1);
        var columns = Many(m, () => kind == NoiseKind.UnequalColumns ? Math.Exp(draws.Normal() / 2) : 1);
        var values = Many(n * m, EntriesOf(kind, draws));
        for (var k = 0; k < values.Length; k++)
        {
            values[k] *= rows[k / m] * columns[k % m];
        }

        return values;
    }

    private static Func<double> EntriesOf(NoiseKind kind, PortableDraws draws) => kind switch
    {
        NoiseKind.Uniform => () => draws.Uniform(-Math.Sqrt(3), Math.Sqrt(3)),
        NoiseKind.Student10 => () => draws.Student(10) * Math.Sqrt(0.8),
        NoiseKind.Student5 => () => draws.Student(5) * Math.Sqrt(0.6),
        NoiseKind.Student3 => () => draws.Student(3) / Math.Sqrt(3),
        _ => draws.Normal,
    };

    private static double[] Many(int count, Func<double> draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw();
        }

        return values;
    }
}
