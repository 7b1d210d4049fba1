using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>The nearest matrix with orthonormal rows, P Q^T of X = P S Q^T.</summary>
internal static class PolarFactor
{
    /// <summary>Directions up to this share of the largest singular value are not there twice.</summary>
    private const double Independent = 1e-10;

    /// <summary>The polar factor over all directions, or over those alone that X has.</summary>
    /// <param name="x">X, at most as many rows as columns.</param>
    /// <param name="isGuarded">True to leave out directions that X has not: a row that is given twice then counts once.</param>
    /// <param name="execution">How the work is done.</param>
    /// <returns>The factor, of the shape of X, and the number of its directions.</returns>
    public static (RowMajor Factor, int Rank) Of(RowMajor x, bool isGuarded, Execution execution)
    {
        var vectors = SingularVectors.Of(x, execution);
        var rank = isGuarded ? vectors.Rank(Independent) : vectors.Count;
        return (vectors.Product([.. Enumerable.Repeat(1.0, rank)], execution), rank);
    }
}
