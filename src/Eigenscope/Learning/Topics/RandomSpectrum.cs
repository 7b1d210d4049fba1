using Eigenscope.Statistics;

namespace Eigenscope.Learning;

/// <summary>What the Marchenko-Pastur law expects of a random matrix of some shape, and figures with the law in them.</summary>
/// <param name="Rows">Rows of the matrix.</param>
/// <param name="Columns">Columns of the matrix.</param>
/// <param name="Variance">The variance of its entries, positive.</param>
internal sealed record RandomSpectrum(int Rows, int Columns, double Variance)
{
    private const int Places = 200;

    /// <summary>The longer side.</summary>
    public int N => Math.Max(Rows, Columns);

    /// <summary>The shorter side.</summary>
    public int M => Math.Min(Rows, Columns);

    /// <summary>The law of the eigenvalues of W^T W / N.</summary>
    public MarchenkoPastur Law { get; } = new((double)Math.Max(Rows, Columns) / Math.Min(Rows, Columns), Variance);

    /// <summary>The upper edge, in the units of lambda.</summary>
    public double Upper => Law.LambdaPlus * N;

    /// <summary>The lower edge, in the units of lambda.</summary>
    public double Lower => Law.LambdaMinus * N;

    /// <summary>The eigenvalues where the law has its quantiles, ascending: a random matrix without its chance.</summary>
    public IReadOnlyList<double> Eigenvalues => [.. Enumerable.Range(0, M).Select(i => N * Law.Quantile((i + 0.5) / M))];

    /// <summary>The largest distance between the shares of eigenvalues up to any place and those of the law, 0 to 1.</summary>
    public double Distance(IReadOnlyList<double> ascending) => ascending.Index()
        .Max(item => Math.Max(Math.Abs(Law.Cumulative(item.Item / N) - ((double)item.Index / ascending.Count)), Math.Abs(Law.Cumulative(item.Item / N) - ((item.Index + 1.0) / ascending.Count))));

    /// <summary>The histogram of singular values beside the law.</summary>
    public CurveFigure Figure(string name, string title, LessonText caption, IReadOnlyList<double> ascendingEigenvalues)
    {
        double[] sigma = [.. ascendingEigenvalues.Select(lambda => Math.Sqrt(Math.Max(0, lambda)))];
        var (low, high) = (Math.Sqrt(Lower), Math.Sqrt(Upper));
        double[] x = [.. Enumerable.Range(0, Places + 1).Select(i => low + ((high - low) * i / Places))];
        return new(name, title, caption, "singular value", "density",
            [LessonHistogram.Of("singular values of the matrix", sigma), new LessonCurve("Marchenko-Pastur", x, [.. x.Select(DensityOfRoot)], CurveKind.Dashed)]);
    }

    /// <summary>The density of log10 lambda, as a curve over the range of the law; weighted with the share of all eigenvalues that it describes.</summary>
    public LessonCurve OverLogarithms(double share)
    {
        var (low, high) = (Math.Log10(Math.Max(Lower, 1e-3 * Upper)), Math.Log10(Upper));
        double[] x = [.. Enumerable.Range(0, Places + 1).Select(i => low + ((high - low) * i / Places))];
        return new("Marchenko-Pastur", x, [.. x.Select(log => share * Math.Log(10) * Math.Pow(10, log) / N * Law.Density(Math.Pow(10, log) / N))], CurveKind.Dashed);
    }

    /// <summary>The density of sigma = sqrt(lambda).</summary>
    private double DensityOfRoot(double sigma) => sigma > 0 ? 2 * sigma / N * Law.Density(sigma * sigma / N) : Math.Sqrt(Law.LambdaPlus) / (Math.PI * Variance * Math.Sqrt(N));
}
