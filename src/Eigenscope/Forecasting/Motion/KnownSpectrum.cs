using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Forecasting;

/// <summary>All singular values of a matrix, descending, and the vectors of the leading ones.</summary>
/// <param name="SingularValues">sigma, descending: as many as the shorter side.</param>
/// <param name="Left">u_k of the leading ones; fewer where the others cannot be told from zero.</param>
/// <param name="Right">v_k, as many.</param>
internal sealed record KnownSpectrum(IReadOnlyList<double> SingularValues, IReadOnlyList<double[]> Left, IReadOnlyList<double[]> Right)
{
    /// <summary>M.</summary>
    public int Count => SingularValues.Count;

    /// <summary>Computes the values and <paramref name="modes"/> vectors.</summary>
    public static KnownSpectrum Of(IMatrix w, int modes, int threads, CancellationToken cancellation)
    {
        var (spectrum, vectors) = Spectrum.OfGramWithVectors(w, modes, threads, cancellation);
        return new([.. spectrum.SingularValues.Reverse()], vectors.Left, vectors.Right);
    }

    /// <summary>The same vectors with other values, put in descending order.</summary>
    public KnownSpectrum With(IEnumerable<double> sigma) => this with { SingularValues = [.. sigma.Select(value => Math.Max(0, value)).OrderDescending()] };

    /// <summary>|u_k^T u_k'| for the first <paramref name="modes"/> modes; 0 for one that either spectrum cannot tell from zero.</summary>
    public double[] AlignmentWith(KnownSpectrum other, int modes) =>
        [.. Enumerable.Range(0, modes).Select(k => k < Left.Count && k < other.Left.Count ? Math.Min(1, Math.Abs(Lanes.Dot(Left[k], other.Left[k]))) : 0)];
}
