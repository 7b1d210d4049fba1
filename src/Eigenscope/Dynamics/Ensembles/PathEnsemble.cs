namespace Eigenscope.Dynamics;

/// <summary>The eigenvalues of many paths at the times that were asked for.</summary>
public sealed class PathEnsemble
{
    /// <summary>Symmetric polynomials of a higher degree are of little use: their spread over paths is beyond any ensemble.</summary>
    private const int MostMoments = 6;

    private readonly double[] values;
    private readonly Lazy<IReadOnlyList<EnsemblePoint>> points;

    internal PathEnsemble(SimulationOptions options)
    {
        Options = options;
        values = new double[options.Times.Count * options.Paths * options.Start.Columns];
        points = new(() => [.. Enumerable.Range(0, options.Times.Count).Select(Describe)]);
    }

    /// <summary>What was simulated.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The number of paths.</summary>
    public int Paths => Options.Paths;

    /// <summary>M, the number of eigenvalues of a path.</summary>
    public int Size => Options.Start.Columns;

    /// <summary>Means, spreads and checks at each time.</summary>
    public IReadOnlyList<EnsemblePoint> Points => points.Value;

    /// <summary>The eigenvalues of one path at one time, ascending.</summary>
    /// <param name="time">The place of the time in the options.</param>
    /// <param name="path">The number of the path, from 0.</param>
    /// <returns>M eigenvalues of W^T W, never divided by N.</returns>
    public ReadOnlySpan<double> Eigenvalues(int time, int path) => Values(time, path);

    /// <summary>One order statistic of all paths at one time.</summary>
    /// <param name="time">The place of the time in the options.</param>
    /// <param name="rank">k: 1 for the largest eigenvalue, M for the smallest.</param>
    /// <returns>lambda_k of each path, in the order of paths.</returns>
    public double[] OrderStatistic(int time, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Size);
        return [.. Enumerable.Range(0, Paths).Select(p => Values(time, p)[Size - rank])];
    }

    /// <summary>All eigenvalues of all paths at one time.</summary>
    /// <param name="time">The place of the time in the options.</param>
    /// <returns>Paths times M eigenvalues.</returns>
    public double[] Pooled(int time) => values.AsSpan(time * Paths * Size, Paths * Size).ToArray();

    internal Span<double> Values(int time, int path) => values.AsSpan(((time * Paths) + path) * Size, Size);

    private EnsemblePoint Describe(int time) => new(
        Options.Times[time],
        [.. Enumerable.Range(1, Size).Select(rank => EigenvalueSummary.Of(rank, OrderStatistic(time, rank)))],
        Moments(time));

    private List<MomentCheck> Moments(int time)
    {
        var most = Math.Min(Size, MostMoments);
        var (sums, squares) = (new double[most + 1], new double[most + 1]);
        for (var p = 0; p < Paths; p++)
        {
            var e = ExactMoments.Elementary(Values(time, p), most);
            for (var k = 1; k <= most; k++)
            {
                (sums[k], squares[k]) = (sums[k] + e[k], squares[k] + (e[k] * e[k]));
            }
        }

        var exact = Exact(Options.Times[time], most);
        return [.. Enumerable.Range(1, most).Select(k => new MomentCheck(k, Estimate.OfSums(sums[k], squares[k], Paths), exact?[k]))];
    }

    /// <summary>Exact means, where W(t) is a known matrix plus noise that is the same in every element.</summary>
    private double[]? Exact(double time, int most)
    {
        if (Options is not { Noise: { Kappa: 0, IsOfSingularValues: true }, ModeGradient: null, Drift.IsUniform: true })
        {
            return null;
        }

        var decay = Relaxation.Decay(Options.Drift.Rate, time);
        var variance = Options.Noise.Additive * Options.Noise.Additive * Relaxation.Variance(Options.Drift.Rate, time);
        double[] mean = Options.Drift.Target is { } target ? Between(target, decay) : [.. Options.Start.SingularValues.Select(sigma => decay * decay * sigma * sigma)];
        return ExactMoments.Elementary(mean, Options.Start.Rows, variance, most);
    }

    /// <summary>The eigenvalues of X^T X for X between the start and the target.</summary>
    private double[] Between(LinearAlgebra.DenseMatrix target, double decay)
    {
        double[] x = [.. Options.Start.Values().Zip(target.ToArray(), (from, to) => to + (decay * (from - to)))];
        return [.. SimulationStart.Of(new LinearAlgebra.DenseMatrix(target.Rows, target.Columns, x), "mean").SingularValues.Select(sigma => sigma * sigma)];
    }
}
