using Eigenscope.Forecasting;
using Eigenscope.LinearAlgebra;
using Eigenscope.Statistics;

namespace Eigenscope.Tests.Forecasting;

/// <summary>Matrices and histories of known make.</summary>
internal static class Layers
{
    public static DenseMatrix Normal(int rows, int columns, ulong seed, double scale = 1)
    {
        var random = new Sampling(seed);
        return new DenseMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => scale * random.Normal())]);
    }

    /// <summary>U diag(strengths) V^T with random orthonormal vectors.</summary>
    public static DenseMatrix LowRank(int rows, int columns, double[] strengths, ulong seed)
    {
        double[][] left = Orthonormal.Of(Entries.Vectors(Normal(rows, strengths.Length, seed))), right = Orthonormal.Of(Entries.Vectors(Normal(columns, strengths.Length, seed + 1)));
        return MatrixProduct.Of(Entries.Columns([.. left.Zip(strengths, (u, s) => Array.ConvertAll(u, x => s * x))]), Entries.Rows(right));
    }

    public static DenseMatrix Sum(double a, IMatrix left, double b, IMatrix right) => Dense(new WeightedSum(a, left, b, right));

    public static DenseMatrix Dense(IMatrix matrix) => new(matrix.Rows, matrix.Columns, Entries.Of(matrix));

    /// <summary>W0 + step D at each step.</summary>
    public static List<TimedWeights> Drift(IMatrix start, IMatrix drift, params long[] steps) => [.. steps.Select(step => new TimedWeights(step, Sum(1, start, step, drift)))];

    /// <summary>All singular values, descending, by the accurate route.</summary>
    public static double[] Sigma(IMatrix matrix) => [.. Eigenscope.Spectra.Spectrum.Of(matrix, Eigenscope.Spectra.SpectrumRoute.Accurate).SingularValues.Reverse()];

    public static IReadOnlyList<double> By(this ForecastPoint point, ForecastMethod method) => point.ByMethod[(int)method];
}
