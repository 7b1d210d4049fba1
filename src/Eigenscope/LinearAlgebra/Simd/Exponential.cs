using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenscope.LinearAlgebra.Simd;

/// <summary>
/// exp(x) and what is made of it, eight at a time, by additions and fused multiply-adds alone: the same bits on every platform and for every width.
/// </summary>
/// <remarks>
/// exp(x) = 2^n exp(r) with n = round(x / ln 2), ln 2 in two parts (Cody and Waite 1980), and the Taylor polynomial of degree 13, whose remainder is below 5e-18 for |r| &lt;= ln(2) / 2. The relative
/// error is below 4e-16. Below -708 and above 709 x is taken as these; a NaN stays one.
/// </remarks>
internal static class Exponential
{
    private const double Least = -708;
    private const double Most = 709;

    /// <summary>1.5 2^52: a sum with it is rounded to a whole number, which its lowest bits hold.</summary>
    private const double Rounding = 6755399441055744.0;
    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const int MantissaBits = 52;

    /// <summary>exp(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(Least)), Vector512.Create(Most));
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(InverseLn2), Vector512.Create(Rounding));
        var n = shifted - Vector512.Create(Rounding);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        var sum = Vector512.Create(1.0 / 6227020800);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 479001600));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 3628800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 40320));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<double>.One);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<double>.One);
        return sum * (Vector512.ShiftLeft(shifted.AsInt64(), MantissaBits) + Vector512<double>.One.AsInt64()).AsDouble();
    }

    /// <summary>1 / (1 + exp(-x)); its absolute error is below 4e-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Logistic(Vector512<double> x) => Vector512<double>.One / (Vector512<double>.One + Of(-x));

    /// <summary>tanh(x) = 2 / (1 + exp(-2 x)) - 1; its absolute error is below 6e-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x) => Vector512.FusedMultiplyAdd(Vector512.Create(2.0), Logistic(x + x), -Vector512<double>.One);

    /// <summary>Puts exp(x - shift) in the place of each x, of any number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfDifference(Span<double> x, double shift)
    {
        var less = Vector512.Create(shift);
        var i = 0;
        for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
        {
            Of(Vector512.Create<double>(x[i..]) - less).CopyTo(x[i..]);
        }

        if (i < x.Length)
        {
            Span<double> rest = stackalloc double[Lanes.Count];
            x[i..].CopyTo(rest);
            Of(Vector512.Create<double>(rest) - less).CopyTo(rest);
            rest[..(x.Length - i)].CopyTo(x[i..]);
        }
    }
}
