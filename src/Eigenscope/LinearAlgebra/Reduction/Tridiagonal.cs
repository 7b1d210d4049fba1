namespace Eigenscope.LinearAlgebra;

/// <summary>A symmetric tridiagonal matrix.</summary>
/// <param name="Diagonal">The n diagonal elements.</param>
/// <param name="OffDiagonal">The n - 1 elements beside them.</param>
public sealed record Tridiagonal(double[] Diagonal, double[] OffDiagonal)
{
    /// <summary>The order n.</summary>
    public int Order => Diagonal.Length;

    /// <summary>An interval that holds every eigenvalue (Gershgorin), and the largest magnitude in it.</summary>
    public (double Low, double High, double Norm) Bounds()
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < Order; i++)
        {
            var radius = (i > 0 ? Math.Abs(OffDiagonal[i - 1]) : 0) + (i < Order - 1 ? Math.Abs(OffDiagonal[i]) : 0);
            low = Math.Min(low, Diagonal[i] - radius);
            high = Math.Max(high, Diagonal[i] + radius);
        }

        return (low, high, Math.Max(Math.Abs(low), Math.Abs(high)));
    }
}
