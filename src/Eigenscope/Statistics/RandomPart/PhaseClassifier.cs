namespace Eigenscope.Statistics;

/// <summary>The phase of a spectrum, with the evidence.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Confidence">The probability of <paramref name="Phase"/>, 0 to 1; near a border between two phases it is about a half.</param>
/// <param name="Probabilities">A probability for each phase, in the order of <see cref="Statistics.Phase"/>; they sum to 1.</param>
/// <param name="Features">What the phase was read from.</param>
/// <param name="IsLowResolution">True below M = 200, where neighbouring phases are told apart less well.</param>
/// <param name="Remark">What the name of the phase does not say, or null.</param>
public sealed record PhaseVerdict(Phase Phase, double Confidence, IReadOnlyList<double> Probabilities, PhaseFeatures Features, bool IsLowResolution, string? Remark);

/// <summary>Tells in which of the phases of Martin and Mahoney (2021) a spectrum is.</summary>
/// <remarks>
/// A decision list, the first that holds: rank collapse, where a tenth of the eigenvalues lies beyond a gap; heavy-tailed, where the spectrum is far from the Marchenko-Pastur law and has a
/// power-law tail, or no usable edge; bulk-decay, where the random part is not random; random-like, where nothing lies beyond its edge; bulk and spikes, where the largest eigenvalue lies 1.25 edges out; and bleeding-out.
/// Martin and Mahoney give no numbers: the cuts are this project's. Each test passes with a logistic probability, the least of them inside an entry of the list and products down the list.
/// <para>Right on such matrices, 100 to 150 a phase and shape: 98 to 99 % at M = 250 to 400, 89 to 95 % at M = 100 (a square least). Squares lose most: heavy tails of a finite size read as
/// bulk-decay, and bulk-decay as spikes.</para>
/// <para>The probabilities are right, in the sense that of verdicts of confidence p a share p is right, on matrices as <see cref="TestMatrices.OfPhase"/> makes them. Of other matrices they say how
/// near a border is. Entries of Student's law of 3 degrees of freedom and rows of unequal variance read as bulk-decay, lognormal and Zipf spectra as heavy-tailed.</para>
/// </remarks>
public static class PhaseClassifier
{
    /// <summary>Below this many eigenvalues a verdict is of low resolution.</summary>
    public const int Resolved = 200;

    private const double Equal = 1.01;

    /// <summary>Classifies a spectrum.</summary>
    /// <param name="ascending">The M eigenvalues of W^T W, from 0, of an N x M matrix.</param>
    /// <param name="n">N, at least M.</param>
    /// <param name="quasiNull">How many of the smallest are known to be quasi-null (<see cref="QuasiNull.Count"/>) and are left out of the random part.</param>
    /// <returns>The verdict; or null with the reason, where there are fewer than ten eigenvalues or all are zero. A random part that cannot be fitted is no failure: then everything lies beyond its edge.</returns>
    public static (PhaseVerdict? Verdict, string? Reason) Of(ReadOnlySpan<double> ascending, int n, int quasiNull = 0)
    {
        if (ascending.Length < BulkFit.LeastSize || !(ascending[^1] > 0))
        {
            return (null, ascending.Length < BulkFit.LeastSize ? $"a phase needs at least {BulkFit.LeastSize} eigenvalues" : "all eigenvalues are zero");
        }

        var features = PhaseFeatures.Of(ascending, n, quasiNull);
        var tests = PhaseMemberships.Of(features, ascending.Length);
        return (Verdict(features, tests, ascending.Length), null);
    }

    private static PhaseVerdict Verdict(PhaseFeatures features, PhaseMemberships tests, int m)
    {
        var (phase, probabilities) = (PhaseOf(tests), ProbabilitiesOf(tests));
        return new PhaseVerdict(phase, probabilities[(int)phase], probabilities, features, m < Resolved, RemarkOn(phase, features));
    }

    private static Phase PhaseOf(PhaseMemberships tests) => tests switch
    {
        { Collapse: >= 0 } => Phase.RankCollapse,
        { Heavy: >= 0 } => Phase.HeavyTailed,
        { Decay: > 0 } => Phase.BulkDecay,
        { Beyond: <= 0 } => Phase.RandomLike,
        { Far: >= 0 } => Phase.BulkSpikes,
        _ => Phase.BleedingOut,
    };

    private static double[] ProbabilitiesOf(PhaseMemberships tests)
    {
        var result = new double[Enum.GetValues<Phase>().Length];
        var rest = 1.0;
        result[(int)Phase.RankCollapse] = Take(ref rest, tests.Collapse);
        result[(int)Phase.HeavyTailed] = Take(ref rest, tests.Heavy);
        result[(int)Phase.BulkDecay] = Take(ref rest, tests.Decay);
        result[(int)Phase.RandomLike] = Take(ref rest, -tests.Beyond);
        result[(int)Phase.BulkSpikes] = Take(ref rest, tests.Far);
        result[(int)Phase.BleedingOut] = rest;
        return result;
    }

    /// <summary>Takes from the probability that is left the share with which a test passes.</summary>
    private static double Take(ref double rest, double test)
    {
        var taken = rest / (1 + Math.Exp(-test));
        rest /= 1 + Math.Exp(test);
        return taken;
    }

    private static string? RemarkOn(Phase phase, PhaseFeatures features) =>
        features.Spread < Equal ? "all singular values are about equal: the matrix is orthogonal but for a factor"
        : phase == Phase.BulkDecay && features.Bulk is { Spikes: 0 } ? "the bulk is not that of a random matrix, and nothing lies beyond it: look at the equilibrated matrix"
        : null;
}
