using System.Globalization;
using Eigenscope.Dynamics;
using Eigenscope.Statistics;

namespace Eigenscope.Forecasting;

/// <summary>Whether a spectrum leaves the state in which forecasts of it hold: a random part with separate signals, moved by noise that does not depend on them.</summary>
/// <remarks>
/// Three signs, any of them: the phase is past bulk and spikes; the random part is farther from the Marchenko-Pastur law than random matrices are (<see cref="BulkFit.CriticalDistance"/>); and
/// kappa^2 lambda_max &gt; s^2, noise that grows with lambda outweighs the other, by which a power law grows; counted only where kappa^2 is three standard errors above 0.
/// </remarks>
/// <param name="HasBegun">True where a sign is seen.</param>
/// <param name="Phase">The phase; null where there is none, with the reason in <paramref name="Reason"/>.</param>
/// <param name="BulkDistance">The distance of the random part over its critical value; above 1 is a sign. NaN where no random part can be fitted.</param>
/// <param name="NoiseRatio">kappa^2 lambda_max / s^2; above 1 is a sign. 0 where kappa^2 cannot be told from 0. Null where mode noise was not measured.</param>
/// <param name="Reason">The sign, or that there is none.</param>
public sealed record HeavyTailOnset(bool HasBegun, Phase? Phase, double BulkDistance, double? NoiseRatio, string Reason)
{
    private const double LeastZ = 3;

    /// <summary>Looks at a spectrum.</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="noise">The noise along modes; null where it was not measured.</param>
    public static HeavyTailOnset Of(ReadOnlySpan<double> ascending, int n, MultiplicativeNoise? noise = null)
    {
        var (verdict, reason) = PhaseClassifier.Of(ascending, n);
        var bulk = verdict is null ? null : BulkFit.Of(ascending, n).Fit;
        var distance = bulk is null ? double.NaN : bulk.Ks * bulk.Size / bulk.CriticalDistance;
        double? ratio = noise is null ? null : noise.Z < LeastZ ? 0 : noise.Slope.Value * ascending[^1] / Math.Max(0, noise.Additive.Value);
        var sign = Sign(verdict?.Phase, distance, ratio);
        return new(sign is not null, verdict?.Phase, distance, ratio, sign ?? reason ?? "the random part is one, and signals stand apart from it");
    }

    private static string? Sign(Phase? phase, double distance, double? ratio) =>
        phase > Statistics.Phase.BulkSpikes ? $"the phase is {Name(phase.Value)}"
        : ratio > 1 ? $"noise that grows with lambda is {Number(ratio.Value)} times the other at lambda_max"
        : distance > 1 ? $"the random part is {Number(distance)} times as far from the Marchenko-Pastur law as random matrices are"
        : null;

    private static string Name(Phase phase) => phase switch
    {
        Statistics.Phase.BulkDecay => "bulk-decay",
        Statistics.Phase.HeavyTailed => "heavy-tailed",
        _ => "rank collapse",
    };

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
