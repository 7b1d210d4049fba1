namespace Eigenscope.Spectra;

/// <summary>How a spectrum was computed, and how far to trust it.</summary>
/// <param name="Route">The route.</param>
/// <param name="Floor">The resolution of the route, in units of sigma.</param>
/// <param name="Library">The LAPACK library that computed it; null where Eigenscope itself did.</param>
/// <param name="Approximation">How far the values are from the true ones by <see cref="SpectrumRoute.Approximate"/>; null by the other routes.</param>
public sealed record SpectrumEvidence(SpectrumRoute Route, double Floor, string? Library, SpectrumApproximation? Approximation);
