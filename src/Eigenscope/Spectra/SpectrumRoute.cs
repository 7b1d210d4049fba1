namespace Eigenscope.Spectra;

/// <summary>How singular values are computed.</summary>
public enum SpectrumRoute
{
    /// <summary>
    /// The eigenvalues of the float64 Gram matrix: fast, streams the weights, and resolves sigma down to about 1e-7 of the largest.
    /// </summary>
    Gram,

    /// <summary>Bidiagonalization of the weights themselves: slower, holds them in float64, resolves sigma down to about 1e-14 of the largest.</summary>
    Accurate,
}
