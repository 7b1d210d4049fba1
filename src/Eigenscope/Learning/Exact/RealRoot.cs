namespace Eigenscope.Learning;

/// <summary>A real root of a polynomial without repeated roots: an interval that holds it and no other, as narrow as is wanted.</summary>
/// <remarks>Roots are counted by Sturm's theorem (1829), so that nothing is lost to rounding.</remarks>
internal sealed class RealRoot
{
    private readonly IReadOnlyList<Polynomial> sequence;
    private Rational low;
    private Rational high;

    private RealRoot(IReadOnlyList<Polynomial> sequence, Rational low, Rational high) => (this.sequence, this.low, this.high) = (sequence, low, high);

    /// <summary>The polynomial.</summary>
    public Polynomial Polynomial => sequence[0];

    /// <summary>The ends of the interval, which holds the upper one and not the lower one; equal where the root is that number.</summary>
    public (Rational Low, Rational High) Bounds => (low, high);

    /// <summary>The real roots, ascending.</summary>
    /// <param name="polynomial">Of degree at least 1, without repeated roots.</param>
    public static IReadOnlyList<RealRoot> Of(Polynomial polynomial)
    {
        var sequence = Sequence(polynomial);
        var bound = polynomial.Coefficients.SkipLast(1).Select(c => (c / polynomial.Coefficients[^1]).Magnitude).DefaultIfEmpty(Rational.Zero).Max() + 1;
        var roots = new List<RealRoot>();
        Isolate(sequence, -bound, bound, roots);
        return roots;
    }

    /// <summary>Halves the interval.</summary>
    public void Refine()
    {
        if (low == high)
        {
            return;
        }

        if (Polynomial.At(high).IsZero)
        {
            low = high;
            return;
        }

        var middle = (low + high) / 2;
        (low, high) = Count(sequence, low, middle) == 1 ? (low, middle) : (middle, high);
    }

    /// <summary>Halves the interval until it is narrower than a width.</summary>
    public void RefineBelow(Rational width)
    {
        while (high - low >= width)
        {
            Refine();
        }
    }

    private static void Isolate(IReadOnlyList<Polynomial> sequence, Rational low, Rational high, List<RealRoot> roots)
    {
        switch (Count(sequence, low, high))
        {
            case 0:
                return;
            case 1:
                roots.Add(new RealRoot(sequence, low, high));
                return;
            default:
                var middle = (low + high) / 2;
                Isolate(sequence, low, middle, roots);
                Isolate(sequence, middle, high, roots);
                return;
        }
    }

    /// <summary>p, p' and the negative remainders of Euclid's algorithm.</summary>
    private static List<Polynomial> Sequence(Polynomial p)
    {
        var sequence = new List<Polynomial> { p, p.Derivative };
        while (sequence[^2].DivRem(sequence[^1]).Remainder is { IsZero: false } rest)
        {
            sequence.Add(rest * -1);
        }

        return sequence;
    }

    /// <summary>The number of roots above one place and not above another.</summary>
    private static int Count(IReadOnlyList<Polynomial> sequence, Rational low, Rational high) => Changes(sequence, low) - Changes(sequence, high);

    private static int Changes(IReadOnlyList<Polynomial> sequence, Rational at)
    {
        var (changes, last) = (0, 0);
        foreach (var sign in sequence.Select(p => p.At(at).Sign).Where(sign => sign != 0))
        {
            changes += last != 0 && sign != last ? 1 : 0;
            last = sign;
        }

        return changes;
    }
}
