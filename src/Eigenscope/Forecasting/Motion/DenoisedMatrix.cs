using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Forecasting;

/// <summary>What is left of a matrix when noise of a known strength is taken from it: its singular vectors with shrunken singular values, the least error in Frobenius norm (Gavish and Donoho 2017).</summary>
/// <param name="Matrix">The signal, as large as the matrix; the matrix itself where there is no noise. Null where nothing rises above the noise.</param>
/// <param name="Left">Its left singular vectors.</param>
/// <param name="Right">Its right singular vectors.</param>
/// <param name="Noise">The standard deviation of an entry's noise.</param>
internal sealed record DenoisedMatrix(IMatrix? Matrix, IReadOnlyList<double[]> Left, IReadOnlyList<double[]> Right, double Noise)
{
    /// <summary>Its singular values.</summary>
    public IReadOnlyList<double> Strengths { get; private init; } = [];

    /// <summary>Those of the matrix with its noise, along the same vectors.</summary>
    public IReadOnlyList<double> Observed { get; private init; } = [];

    /// <summary>So many directions are computed at first, and only if all of them rise above the noise <see cref="Most"/>: vectors cost more than values.</summary>
    private const int Some = 128;

    /// <summary>More directions than this are not kept: they would be of noise, or of a movement that no few directions describe.</summary>
    private const int Most = 1024;

    /// <summary>The number of directions above the noise.</summary>
    public int Rank => Left.Count;

    /// <summary>Denoises; a noise of null is read from the median singular value (Gavish and Donoho 2014), which takes the median to be noise.</summary>
    public static DenoisedMatrix Of(IMatrix d, double? noise, int threads, CancellationToken cancellation)
    {
        var some = Of(d, noise, Some, threads, cancellation);
        return some.Rank < Some || Some >= Math.Min(d.Rows, d.Columns) ? some : Of(d, noise, Most, threads, cancellation);
    }

    private static DenoisedMatrix Of(IMatrix d, double? noise, int most, int threads, CancellationToken cancellation)
    {
        var (n, m) = (Math.Max(d.Rows, d.Columns), Math.Min(d.Rows, d.Columns));
        var (spectrum, vectors) = Spectrum.OfGramWithVectors(d, Math.Min(m, most), threads, cancellation);
        var sd = noise ?? FromMedian(spectrum.SingularValues, n, m);
        if (!(sd * Math.Sqrt(n) > spectrum.Floor))
        {
            return new(vectors.Left.Count == 0 ? null : d, vectors.Left, vectors.Right, sd) { Strengths = vectors.SingularValues, Observed = vectors.SingularValues };
        }

        var shrinkage = new SignalShrinkage((double)m / n);
        double[] kept = [.. vectors.SingularValues.Select(sigma => sd * Math.Sqrt(n) * shrinkage.Frobenius(sigma / (sd * Math.Sqrt(n)))).TakeWhile(value => value > 0)];
        return Of(kept, vectors, sd, threads, cancellation);
    }

    private static DenoisedMatrix Of(double[] kept, LeadingVectors vectors, double sd, int threads, CancellationToken cancellation)
    {
        if (kept.Length == 0)
        {
            return new(null, [], [], sd);
        }

        double[][] left = [.. vectors.Left.Take(kept.Length)], right = [.. vectors.Right.Take(kept.Length)];
        double[][] scaled = [.. left.Zip(kept, (u, sigma) => Array.ConvertAll(u, x => sigma * x))];
        return new(MatrixProduct.Of(Entries.Columns(scaled), Entries.Rows(right), threads, cancellation), left, right, sd)
        {
            Strengths = kept,
            Observed = [.. vectors.SingularValues.Take(kept.Length)],
        };
    }

    private static double FromMedian(IReadOnlyList<double> ascending, int n, int m) =>
        ascending[m / 2] / Math.Sqrt(n * new MarchenkoPastur((double)n / m, 1).Quantile(((m / 2) + 0.5) / m));

    /// <summary>
    /// Which part of the noise of an entry of the whole matrix the signal carries along u v^T: noise lives where a vector of either side is one of the signal's,
    /// |P u|^2 + |P v|^2 - |P u|^2 |P v|^2, 0 to 1.
    /// </summary>
    public double NoiseShare(double[] u, double[] v)
    {
        var (left, right) = (Inside(Left, u), Inside(Right, v));
        return left + right - (left * right);
    }

    /// <summary>u^T D v of the signal, and of the matrix as it was observed, in the signal's directions: the one is nearest on the whole, the other to first order free of bias.</summary>
    public (double Signal, double Observed) Along(double[] u, double[] v)
    {
        var (signal, observed) = (0.0, 0.0);
        for (var j = 0; j < Rank; j++)
        {
            var product = Lanes.Dot(u, Left[j]) * Lanes.Dot(v, Right[j]);
            (signal, observed) = (signal + (Strengths[j] * product), observed + (Observed[j] * product));
        }

        return (signal, observed);
    }

    private static double Inside(IReadOnlyList<double[]> basis, double[] x) => Math.Min(1, basis.Sum(vector => Math.Pow(Lanes.Dot(vector, x), 2)));
}
