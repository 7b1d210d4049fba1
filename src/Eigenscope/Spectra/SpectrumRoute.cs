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

    /// <summary>
    /// Block Lanczos: the largest singular values within a stated bound, and for the others an estimate of their density, for matrices that are too large for all
    /// of them. A matrix whose smaller side is at most 3072 takes <see cref="Gram"/>.
    /// </summary>
    Approximate,
}
