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
        Tails.NumFingers,
        Tails.RawAlpha,
        Tails.Instability,
        Bootstraps.Corrected,
        Bootstraps.Error,
        Bootstraps.Low,
        Bootstraps.High,
        Bootstraps.P,
        Bootstraps.Supported,
        Rivals.Exponential,
        Rivals.Lognormal,
        Rivals.Stretched,
        Rivals.Truncated,
        Rivals.TruncatedAlpha,
        Rivals.TruncatedLambda,
        Truncated.Alpha,
        Truncated.Lambda,
        Truncated.Xmin,
        Truncated.D,
        Truncated.FarmsAlpha,
        Estimators.Moment,
        Estimators.Hill,
        Estimators.HillNull,
        Estimators.Mu,
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
        Estimators.StableRankNull,
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
        Evidence.EdgeP,
        Evidence.SignalEnergy,
        Evidence.SpikeEnergy,
        Evidence.Kurtosis,
        Evidence.ExpectedLargest,
        Evidence.PhaseConfidence,
        Evidence.QuasiNullCount,
        Evidence.QuasiNullEffect,
        Evidence.QuasiNullP,
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
    /// <param name="options">The scopes of the options that add metrics, such as <see cref="MetricScope.Randomized"/>.</param>
    public static IReadOnlyList<Metric> For(bool weightWatcher, params IEnumerable<MetricScope> options)
    {
        var chosen = options.ToHashSet();
        chosen.Add(MetricScope.Always);
        chosen.Add(weightWatcher ? MetricScope.WeightWatcher : MetricScope.Default);
        if (weightWatcher && chosen.Contains(MetricScope.Randomized))
        {
            chosen.Add(MetricScope.WeightWatcherRandomized);
        }

        return [.. All.Where(metric => chosen.Contains(metric.Scope))];
    }
}
