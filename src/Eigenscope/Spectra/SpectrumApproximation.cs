namespace Eigenscope.Spectra;

/// <summary>How far a spectrum by <see cref="SpectrumRoute.Approximate"/> is from the true one.</summary>
/// <param name="Resolved">
/// k, how many of the largest singular values stand for themselves, at least 1. The others are the quantiles of an estimate of the density.
/// </param>
/// <param name="ResidualBound">
/// The largest relative error of the k resolved eigenvalues: within this times itself of each lies an eigenvalue of W^T W. A bound, not an estimate; the error
/// is nearer to its square.
/// </param>
/// <param name="DensityError">
/// An estimate of the distance of the whole distribution from the true one: shares of singular values are right to this, at values that are right to
/// this times the root mean square of all (Lévy distance).
/// </param>
/// <param name="TraceError">
/// The relative error that the sum of all eigenvalues had before the estimated ones were made to match it. The true sum is known exactly.
/// </param>
/// <param name="Steps">Steps of block Lanczos, each of which reads the weights once.</param>
/// <param name="BlockSize">Random vectors with which it began.</param>
public sealed record SpectrumApproximation(int Resolved, double ResidualBound, double DensityError, double TraceError, int Steps, int BlockSize)
{
    /// <summary>What is known of several spectra together: the errors of the worst, and the values of each that are above a common floor.</summary>
    internal static SpectrumApproximation? Pool(IReadOnlyList<Spectrum> parts, double floor)
    {
        var known = parts.Select(part => part.Approximation).OfType<SpectrumApproximation>().ToList();
        return known.Count == 0 ? null : known[0] with
        {
            Resolved = parts.Sum(part => part.SingularValues.Count(sigma => sigma > floor)),
            ResidualBound = known.Max(part => part.ResidualBound),
            DensityError = known.Max(part => part.DensityError),
            TraceError = known.MaxBy(part => Math.Abs(part.TraceError))!.TraceError,
        };
    }
}
