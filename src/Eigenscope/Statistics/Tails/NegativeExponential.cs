using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.Statistics;

/// <summary>
/// exp(t) for t &lt;= 0, four at a time, to within 4e-16 of the value plus 1e-307, with the same bits on every processor: t = n ln 2 + r, and the Taylor polynomial of degree 12 for
/// exp(r), |r| &lt;= ln(2) / 2, whose next term is below 2e-16.
/// </summary>
internal static class NegativeExponential
{
    private const double Lowest = -708;

    /// <summary>Adding it rounds a number to a whole one, whose low bits are then those of the sum.</summary>
    private const double Rounding = 6755399441055744;
    private const double HighLog2 = 0.693147180369123816490;
    private const double LowLog2 = 1.90821492927058770002e-10;
    private const double InverseLog2 = 1.44269504088896340736;
    private const int MantissaBits = 52;

    /// <summary>exp(t)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> t)
    {
        t = Vector256.Max(t, Vector256.Create(Lowest));
        var shifted = Vector256.FusedMultiplyAdd(t, Vector256.Create(InverseLog2), Vector256.Create(Rounding));
        var n = shifted - Vector256.Create(Rounding);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-HighLog2), t);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-LowLog2), r);
        return (Polynomial(r).AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), MantissaBits)).AsDouble();
    }

    /// <summary>sum r^i / i!, i = 0 ... 12</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomial(Vector256<double> r)
    {
        var p = Vector256.Create(1.0 / 479001600);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 39916800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 3628800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 362880));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 40320));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 5040));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
        return Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
    }
}
