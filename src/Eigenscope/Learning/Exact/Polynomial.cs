namespace Eigenscope.Learning;

/// <summary>A polynomial in one variable with exact coefficients.</summary>
internal sealed class Polynomial
{
    /// <summary>A polynomial.</summary>
    /// <param name="ascending">Its coefficients from the constant one up.</param>
    public Polynomial(IEnumerable<Rational> ascending)
    {
        var list = ascending.ToList();
        while (list.Count > 0 && list[^1].IsZero)
        {
            list.RemoveAt(list.Count - 1);
        }

        Coefficients = list;
    }

    /// <summary>The variable itself.</summary>
    public static Polynomial Variable { get; } = new([0, 1]);

    /// <summary>The coefficients from the constant one up, the last of them not 0; none for 0.</summary>
    public IReadOnlyList<Rational> Coefficients { get; }

    /// <summary>The highest power; -1 for 0.</summary>
    public int Degree => Coefficients.Count - 1;

    /// <summary>True for 0.</summary>
    public bool IsZero => Coefficients.Count == 0;

    /// <summary>The same divided by its leading coefficient.</summary>
    public Polynomial Monic => this * (Rational.One / Coefficients[^1]);

    /// <summary>The derivative.</summary>
    public Polynomial Derivative => new(Coefficients.Skip(1).Select((c, power) => c * (power + 1)));

    /// <summary>The coefficient of a power; 0 beyond the degree.</summary>
    public Rational this[int power] => power < Coefficients.Count ? Coefficients[power] : Rational.Zero;

    /// <summary>A constant.</summary>
    public static Polynomial Constant(Rational value) => new([value]);

    /// <summary>The monic polynomial det(x I - A), by the sums of its principal minors (Faddeev and LeVerrier).</summary>
    public static Polynomial Characteristic(Rational[,] a)
    {
        var n = a.GetLength(0);
        var coefficients = new Rational[n + 1];
        coefficients[n] = 1;
        var m = new Rational[n, n];
        for (var k = 1; k <= n; k++)
        {
            m = ExactMatrix.Product(a, m);
            for (var i = 0; i < n; i++)
            {
                m[i, i] += coefficients[n - k + 1];
            }

            var product = ExactMatrix.Product(a, m);
            coefficients[n - k] = ExactMatrix.Trace(product) / -k;
        }

        return new Polynomial(coefficients);
    }

    /// <summary>The value at a place.</summary>
    public Rational At(Rational x)
    {
        var value = Rational.Zero;
        for (var k = Degree; k >= 0; k--)
        {
            value = (value * x) + Coefficients[k];
        }

        return value;
    }

    /// <summary>Quotient and remainder.</summary>
    public (Polynomial Quotient, Polynomial Remainder) DivRem(Polynomial divisor)
    {
        var (rest, quotient) = (Coefficients.ToArray(), new Rational[Math.Max(0, Degree - divisor.Degree + 1)]);
        for (var k = quotient.Length - 1; k >= 0; k--)
        {
            var factor = quotient[k] = rest[k + divisor.Degree] / divisor.Coefficients[^1];
            for (var j = 0; j <= divisor.Degree; j++)
            {
                rest[k + j] -= factor * divisor.Coefficients[j];
            }
        }

        return (new(quotient), new(rest));
    }

    /// <summary>The monic greatest common divisor of two polynomials that are not both 0.</summary>
    public static Polynomial GreatestCommonDivisor(Polynomial a, Polynomial b)
    {
        while (!b.IsZero)
        {
            (a, b) = (b, a.DivRem(b).Remainder);
        }

        return a.Monic;
    }

    /// <summary>The sum.</summary>
    public static Polynomial operator +(Polynomial a, Polynomial b) => new(Enumerable.Range(0, Math.Max(a.Degree, b.Degree) + 1).Select(k => a[k] + b[k]));

    /// <summary>The difference.</summary>
    public static Polynomial operator -(Polynomial a, Polynomial b) => a + (b * -1);

    /// <summary>A multiple.</summary>
    public static Polynomial operator *(Polynomial a, Rational factor) => new(a.Coefficients.Select(c => c * factor));

    /// <summary>The product.</summary>
    public static Polynomial operator *(Polynomial a, Polynomial b)
    {
        var product = new Rational[Math.Max(0, a.Degree + b.Degree + 1)];
        for (var i = 0; i <= a.Degree; i++)
        {
            for (var j = 0; j <= b.Degree; j++)
            {
                product[i + j] += a.Coefficients[i] * b.Coefficients[j];
            }
        }

        return new(product);
    }
}
