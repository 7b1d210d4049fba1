namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Reduction of a symmetric matrix to tridiagonal form in two stages, dense to band and band to tridiagonal; the orthogonal factors are not kept.
/// </summary>
internal static class Tridiagonalization
{
    /// <summary>Reduces <paramref name="a"/>, which is overwritten.</summary>
    public static Tridiagonal Of(SymmetricMatrix a, Execution execution) => Of(a, BandWidth.OfSymmetric(a.Order), execution);

    /// <summary>Reduces <paramref name="a"/> by way of a band of the given half-width.</summary>
    public static Tridiagonal Of(SymmetricMatrix a, int width, Execution execution)
    {
        using var band = BandReduction.Of(a, width, execution);
        return BulgeChase.Of(band, execution);
    }

}
