namespace Eigenscope.Statistics;

/// <summary>Whether the data support a power law: every condition must hold.</summary>
/// <param name="Supported">True where all do.</param>
/// <param name="Reasons">Each condition that fails, in words; none where it is supported.</param>
public sealed record PowerLawSupport(bool Supported, IReadOnlyList<string> Reasons)
{
    private const int LeastTail = 50;
    private const double LeastP = 0.1;
    private const double Level = 0.1;
    private const double EndOfAlpha = 6;

    /// <summary>
    /// The decision: at least 50 values in the tail, a bootstrap p of at least 0.1 (Clauset, Shalizi and Newman 2009, section 4), likelier than an exponential law at the level 0.1, and alpha below 6.
    /// </summary>
    public static PowerLawSupport Of(PowerLawFit fit, TailBootstrap bootstrap, TailComparison comparison)
    {
        var exponential = comparison[TailLaw.Exponential];
        (bool Holds, string Otherwise)[] conditions =
        [
            (fit.TailCount >= LeastTail, $"{fit.TailCount} eigenvalues in the tail are fewer than {LeastTail}"),
            (bootstrap.P >= LeastP, $"p = {bootstrap.P:G3} is below {LeastP}"),
            (exponential is { R: > 0, P: < Level }, $"an exponential law is not worse (R = {exponential.R:G3}, p = {exponential.P:G3})"),
            (fit.Alpha < EndOfAlpha, $"alpha = {fit.Alpha:G3} is {EndOfAlpha} or more"),
        ];
        string[] failed = [.. conditions.Where(condition => !condition.Holds).Select(condition => condition.Otherwise)];
        return new PowerLawSupport(failed.Length == 0, failed);
    }
}
