using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>All singular values of a matrix: by the Gram route, and by the accurate one where some are too small for it.</summary>
internal static class ResolvedSpectrum
{
    /// <summary>Computes it.</summary>
    /// <exception cref="NonFiniteElementException">The matrix holds a NaN or an infinity.</exception>
    public static Spectrum Of(IMatrix w, Execution execution)
    {
        var spectrum = Spectrum.OfGram(w, execution);
        return spectrum is { CountAtFloor: > 0, Largest: > 0 } ? Spectrum.OfBidiagonal(w, execution) : spectrum;
    }

    /// <summary>How many singular values are above what rounding alone leaves.</summary>
    public static int NumericalRank(this Spectrum spectrum) => spectrum.SingularValues.Count - spectrum.CountAtFloor;
}
