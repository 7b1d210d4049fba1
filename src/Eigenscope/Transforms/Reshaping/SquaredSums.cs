using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>Squared Frobenius norms, summed row by row.</summary>
internal static class SquaredSums
{
    /// <summary>The squared norm of a matrix.</summary>
    public static double Of(RowMajor w)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Rows; i++)
        {
            sum += Lanes.Dot(w.Row(i), w.Row(i));
        }

        return sum;
    }

    /// <summary>The squared norm of A - B, which overwrites B.</summary>
    public static double OfDifference(RowMajor a, RowMajor b)
    {
        SpanSums.AddScaled(-1, a.Elements, b.Elements);
        return Of(b);
    }
}
