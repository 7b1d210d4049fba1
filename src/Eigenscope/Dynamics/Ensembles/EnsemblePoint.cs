namespace Eigenscope.Dynamics;

/// <summary>An ensemble at one time.</summary>
/// <param name="Time">The time.</param>
/// <param name="Eigenvalues">lambda_1, the largest, to lambda_M.</param>
/// <param name="Moments">The elementary symmetric polynomials e_1 (the trace), e_2, ... of the eigenvalues, six at most.</param>
public sealed record EnsemblePoint(double Time, IReadOnlyList<EigenvalueSummary> Eigenvalues, IReadOnlyList<MomentCheck> Moments);

/// <summary>One eigenvalue over all paths.</summary>
/// <param name="Rank">k, 1 for the largest.</param>
/// <param name="Mean">The mean of lambda_k with its standard error.</param>
/// <param name="Deviation">The standard deviation over paths.</param>
/// <param name="Low">The 5 % quantile.</param>
/// <param name="LowerQuartile">The 25 % quantile.</param>
/// <param name="Median">The median.</param>
/// <param name="UpperQuartile">The 75 % quantile.</param>
/// <param name="High">The 95 % quantile.</param>
public sealed record EigenvalueSummary(int Rank, Estimate Mean, double Deviation, double Low, double LowerQuartile, double Median, double UpperQuartile, double High)
{
    internal static EigenvalueSummary Of(int rank, double[] lambda)
    {
        Array.Sort(lambda);
        var mean = lambda.Average();
        var deviation = Math.Sqrt(lambda.Sum(x => (x - mean) * (x - mean)) / (lambda.Length - 1));
        return new(rank, new Estimate(mean, deviation / Math.Sqrt(lambda.Length)), deviation, At(lambda, 0.05), At(lambda, 0.25), At(lambda, 0.5), At(lambda, 0.75), At(lambda, 0.95));
    }

    /// <summary>A quantile, by a line between the two values next to it (Hyndman and Fan 1996, definition 7).</summary>
    private static double At(double[] ascending, double p)
    {
        var place = p * (ascending.Length - 1);
        var below = (int)Math.Min(place, ascending.Length - 2);
        return ascending[below] + ((place - below) * (ascending[below + 1] - ascending[below]));
    }
}

/// <summary>The mean of e_k over paths, beside the exact one.</summary>
/// <param name="Order">k.</param>
/// <param name="Value">The mean over paths with its standard error.</param>
/// <param name="Exact">The exact mean (<see cref="ExactMoments"/>) of the matrix process; null where it is not known.</param>
public sealed record MomentCheck(int Order, Estimate Value, double? Exact)
{
    /// <summary>How many standard errors the ensemble is off: within 2 or 3 where the integrator is right. Null without an exact mean or without spread.</summary>
    public double? Z => Exact is { } exact && Value.StandardError > 0 ? (Value.Value - exact) / Value.StandardError : null;
}
