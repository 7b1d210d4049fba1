using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>Sums over pairs of elements a, b and their differences d = a - b, in eight lanes.</summary>
internal sealed class ElementSums
{
    /// <summary>The number of pairs.</summary>
    public long Count { get; private set; }

    /// <summary>sum a.</summary>
    public double A { get; private set; }

    /// <summary>sum b.</summary>
    public double B { get; private set; }

    /// <summary>sum a^2.</summary>
    public double SquaresA { get; private set; }

    /// <summary>sum b^2.</summary>
    public double SquaresB { get; private set; }

    /// <summary>sum a b.</summary>
    public double Products { get; private set; }

    /// <summary>sum d^2.</summary>
    public double SquaresD { get; private set; }

    /// <summary>sum d^4.</summary>
    public double FourthsD { get; private set; }

    /// <summary>sum d b.</summary>
    public double ProductsWithB { get; private set; }

    /// <summary>Pairs of equal sign, neither zero.</summary>
    public long EqualSigns { get; private set; }

    /// <summary>Pairs of which neither is zero.</summary>
    public long BothNonzero { get; private set; }

    /// <summary>Pairs that differ.</summary>
    public long Changed { get; private set; }

    /// <summary>Pairs whose a is zero and b is not.</summary>
    public long NewZeros { get; private set; }

    /// <summary>Pairs whose b is zero and a is not.</summary>
    public long LostZeros { get; private set; }

    /// <summary>sum a^2 + b^2 over pairs of which one is zero.</summary>
    public double SquaresBesideZeros { get; private set; }

    /// <summary>Adds pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> sumA = default, sumB = default, aa = default, bb = default, ab = default, dd = default, d4 = default, db = default, besideZeros = default;
        long both = 0, equal = 0, changed = 0, newZeros = 0, lostZeros = 0;
        var i = 0;
        for (; i <= a.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector512<double> x = Vector512.Create(a[i..]), y = Vector512.Create(b[i..]);
            var d = x - y;
            var square = d * d;
            (sumA, sumB) = (sumA + x, sumB + y);
            aa = Vector512.FusedMultiplyAdd(x, x, aa);
            bb = Vector512.FusedMultiplyAdd(y, y, bb);
            ab = Vector512.FusedMultiplyAdd(x, y, ab);
            dd += square;
            d4 = Vector512.FusedMultiplyAdd(square, square, d4);
            db = Vector512.FusedMultiplyAdd(d, y, db);
            Vector512<double> isZeroX = Vector512.Equals(x, Vector512<double>.Zero), isZeroY = Vector512.Equals(y, Vector512<double>.Zero);
            besideZeros += (isZeroX | isZeroY) & square;
            ulong zeroX = isZeroX.ExtractMostSignificantBits(), zeroY = isZeroY.ExtractMostSignificantBits();
            ulong nonzero = ~(zeroX | zeroY) & byte.MaxValue, signs = Vector512.Xor(x.AsInt64(), y.AsInt64()).ExtractMostSignificantBits();
            both += BitOperations.PopCount(nonzero);
            equal += BitOperations.PopCount(nonzero & ~signs);
            changed += BitOperations.PopCount(~Vector512.Equals(x, y).ExtractMostSignificantBits() & byte.MaxValue);
            newZeros += BitOperations.PopCount(zeroX & ~zeroY);
            lostZeros += BitOperations.PopCount(zeroY & ~zeroX);
        }

        (A, B, SquaresA, SquaresB) = (A + Lanes.Sum(sumA), B + Lanes.Sum(sumB), SquaresA + Lanes.Sum(aa), SquaresB + Lanes.Sum(bb));
        (Products, SquaresD, FourthsD, ProductsWithB) = (Products + Lanes.Sum(ab), SquaresD + Lanes.Sum(dd), FourthsD + Lanes.Sum(d4), ProductsWithB + Lanes.Sum(db));
        SquaresBesideZeros += Lanes.Sum(besideZeros);
        (BothNonzero, EqualSigns, Changed, NewZeros, LostZeros) = (BothNonzero + both, EqualSigns + equal, Changed + changed, NewZeros + newZeros, LostZeros + lostZeros);
        Count += i;
        for (; i < a.Length; i++)
        {
            AddOne(a[i], b[i]);
        }
    }

    /// <summary>Adds what others have summed up.</summary>
    public void Add(ElementSums other)
    {
        Count += other.Count;
        (A, B, SquaresA, SquaresB) = (A + other.A, B + other.B, SquaresA + other.SquaresA, SquaresB + other.SquaresB);
        (Products, SquaresD, FourthsD, ProductsWithB) = (Products + other.Products, SquaresD + other.SquaresD, FourthsD + other.FourthsD, ProductsWithB + other.ProductsWithB);
        SquaresBesideZeros += other.SquaresBesideZeros;
        (BothNonzero, EqualSigns, Changed, NewZeros, LostZeros) =
            (BothNonzero + other.BothNonzero, EqualSigns + other.EqualSigns, Changed + other.Changed, NewZeros + other.NewZeros, LostZeros + other.LostZeros);
    }

    private void AddOne(double a, double b)
    {
        var d = a - b;
        Count++;
        (A, B, SquaresA, SquaresB) = (A + a, B + b, SquaresA + (a * a), SquaresB + (b * b));
        (Products, SquaresD, FourthsD, ProductsWithB) = (Products + (a * b), SquaresD + (d * d), FourthsD + (d * d * d * d), ProductsWithB + (d * b));
        SquaresBesideZeros += a == 0 || b == 0 ? d * d : 0;
        BothNonzero += a != 0 && b != 0 ? 1 : 0;
        EqualSigns += a != 0 && b != 0 && a > 0 == b > 0 ? 1 : 0;
        Changed += a != b ? 1 : 0;
        NewZeros += a == 0 && b != 0 ? 1 : 0;
        LostZeros += b == 0 && a != 0 ? 1 : 0;
    }
}
