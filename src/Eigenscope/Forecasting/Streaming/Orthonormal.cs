using Eigenscope.LinearAlgebra;

namespace Eigenscope.Forecasting;

/// <summary>Orthonormal vectors by Gram and Schmidt, twice over where one pass loses digits (Daniel, Gragg, Kaufman and Stewart 1976).</summary>
internal static class Orthonormal
{
    /// <summary>A vector that loses all but this of its length is in the span of the others, but for rounding.</summary>
    private const double Null = 1e-12;

    private const int Passes = 3;

    /// <summary>What vectors add to the span of a basis, orthonormal; those that add nothing are left out.</summary>
    /// <param name="basis">Orthonormal vectors.</param>
    /// <param name="vectors">Vectors of the same length; they are overwritten.</param>
    /// <param name="scale">A length beside which a vector may be nothing.</param>
    public static List<double[]> Complement(IReadOnlyList<double[]> basis, IEnumerable<double[]> vectors, double scale)
    {
        List<double[]> all = [.. basis];
        foreach (var vector in vectors)
        {
            if (all.Count < vector.Length && Isolate(all, vector, Null * scale))
            {
                all.Add(vector);
            }
        }

        return all[basis.Count..];
    }

    /// <summary>Vectors made orthonormal in their order.</summary>
    public static double[][] Of(IEnumerable<double[]> vectors) => [.. Complement([], vectors, 0)];

    private static bool Isolate(List<double[]> basis, double[] vector, double least)
    {
        var before = Math.Sqrt(Lanes.Dot(vector, vector));
        least = Math.Max(least, Null * before);
        for (var pass = 0; pass < Passes && before > least; pass++)
        {
            foreach (var other in basis)
            {
                AddScaled(-Lanes.Dot(other, vector), other, vector);
            }

            var after = Math.Sqrt(Lanes.Dot(vector, vector));
            if (after > least && after > before / 2)
            {
                Scale(1 / after, vector);
                return true;
            }

            before = after;
        }

        return false;
    }

    /// <summary>y := a x + y</summary>
    public static void AddScaled(double a, double[] x, double[] y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    private static void Scale(double a, double[] x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            x[i] *= a;
        }
    }
}
