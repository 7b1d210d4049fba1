using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Metrics;

/// <summary>A singular vector of a layer on its shorter side: how it is spread, beside its eigenvalue.</summary>
/// <param name="Lambda">The eigenvalue.</param>
/// <param name="Spread">How the vector is spread.</param>
public readonly record struct LayerVector(double Lambda, VectorStatistics Spread)
{
    /// <summary>The doubles that <see cref="Of"/> holds for a matrix whose shorter side is m.</summary>
    internal static long Doubles(int m) => SymmetricEigenvectors.Doubles(m);

    /// <summary>The vectors of one matrix, in the order of its eigenvalues, which are those of its spectrum; of a square one those on the side of its rows.</summary>
    internal static IEnumerable<LayerVector> Of(IMatrix w, Spectrum spectrum, int threads, CancellationToken cancellation)
    {
        using var execution = Execution.On(threads, cancellation);
        using var gram = ScaledGram.Of(w.Rows == w.Columns ? new TransposedMatrix(w) : w, execution);
        using var vectors = SymmetricEigenvectors.Of(gram.Matrix, cancellation);
        return [.. spectrum.Eigenvalues.Select((lambda, k) => new LayerVector(lambda, VectorStatistics.Of(vectors.Vector(k))))];
    }
}
