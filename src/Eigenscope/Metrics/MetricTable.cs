namespace Eigenscope.Metrics;

/// <summary>Every metric, in the order of results. A new metric is one definition and one line here.</summary>
public static class MetricTable
{
    /// <summary>All metrics of all scopes.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        Sizes.N,
        Sizes.M,
        Sizes.Q,
        Sizes.Rf,
        Sizes.NumEvals,
        Tails.Alpha,
        Tails.Sigma,
        Tails.D,
        Tails.Xmin,
        Tails.Xmax,
        Tails.NumPlSpikes,
        Tails.AlphaWeighted,
        Tails.LogAlphaNorm,
        Norms.LambdaMax,
        Norms.SpectralNorm,
        Norms.LogSpectralNorm,
        Norms.Norm,
        Norms.LogNorm,
        Norms.SvMax,
        Norms.SvMin,
        Norms.SvMinOfSlices,
        Ranks.StableRank,
        Ranks.EffectiveRank,
        Ranks.ParticipationRatio,
        Ranks.HardRank,
        Ranks.ConditionNumber,
        Ranks.NumAtFloor,
        Ranks.Rank10Share,
        Ranks.SpectralEntropy,
        Ranks.WeakRankLoss,
        MarchenkoPasturEdges.LambdaMinus,
        MarchenkoPasturEdges.LambdaPlus,
        Tails.TailFraction,
        Bulk.Sigma,
        Bulk.LambdaMinus,
        Bulk.LambdaPlus,
        Bulk.Spikes,
        Bulk.SoftRank,
        Bulk.Distance,
        Determinants.Count,
        Determinants.Start,
        Determinants.ScaledStart,
        Determinants.Distance,
        Levels.Ratio,
        Levels.Error,
        Ranks.MatrixRank,
        Ranks.RankLoss,
        Ranks.MatrixEntropy,
        Controls.MaxRandEval,
        Controls.MaxRandEvalSd,
        Controls.RandDistance,
        Controls.RandDistanceSd,
        Controls.SoftRank,
        Controls.MaxDist,
        Controls.Traps,
        .. Densities.All,
        .. Vectors.All,
    ];

    /// <summary>The metrics that a result holds.</summary>
    /// <param name="weightWatcher">True with <c>--compat weightwatcher</c>.</param>
    /// <param name="randomized">True with <c>--randomize</c>.</param>
    /// <param name="vectors">True with <c>--vectors</c>.</param>
    public static IReadOnlyList<Metric> For(bool weightWatcher, bool randomized, bool vectors = false)
    {
        return [.. All.Where(metric => IsIn(metric.Scope))];

        bool IsIn(MetricScope scope) => scope switch
        {
            MetricScope.Always => true,
            MetricScope.Default => !weightWatcher,
            MetricScope.WeightWatcher => weightWatcher,
            MetricScope.Randomized => randomized,
            MetricScope.WeightWatcherRandomized => weightWatcher && randomized,
            MetricScope.Vectors => vectors,
            _ => false,
        };
    }
}
