namespace Eigenscope.Learning;

/// <summary>An eigenvalue of a matrix of rational numbers: a root of an irreducible factor of its characteristic polynomial.</summary>
internal sealed class ExactEigenvalue
{
    private readonly bool isLargerRoot;

    private ExactEigenvalue(NumberField field, RealRoot root, int multiplicity, bool isLargerRoot)
    {
        (Field, Root, Multiplicity, this.isLargerRoot) = (field, root, multiplicity, isLargerRoot);
        Value = ToDouble(field.Generator);
    }

    /// <summary>The numbers that are made of it.</summary>
    public NumberField Field { get; }

    /// <summary>Which root of <see cref="NumberField.Modulus"/> it is.</summary>
    public RealRoot Root { get; }

    /// <summary>How often it occurs.</summary>
    public int Multiplicity { get; }

    /// <summary>The nearest float64.</summary>
    public double Value { get; }

    /// <summary>The degree of its polynomial: 1 for a rational number, 2 for one with a square root.</summary>
    public int Degree => Field.Modulus.Degree;

    /// <summary>True for 0.</summary>
    public bool IsZero => Field.Generator.IsZero;

    /// <summary>The eigenvalue with a square root; null where it takes more.</summary>
    public Surd? Surd => SurdOf(Field.Generator);

    /// <summary>The square root of the eigenvalue.</summary>
    public double SingularValue => Math.Sqrt(Value);

    /// <summary>The real roots of a polynomial, descending.</summary>
    /// <param name="characteristic">Monic, of degree 1 to 4.</param>
    public static IReadOnlyList<ExactEigenvalue> Of(Polynomial characteristic) =>
        [.. Factorization.Of(characteristic).SelectMany(part => OfFactor(part.Factor, part.Multiplicity)).OrderByDescending(eigenvalue => eigenvalue.Value)];

    /// <summary>A number of the field as float64.</summary>
    public double ToDouble(FieldNumber number) => number.IsZero ? 0 : number.ToDouble(Root);

    /// <summary>A number of the field as a + b sqrt(r); null where the field is larger than that.</summary>
    public Surd? SurdOf(FieldNumber number)
    {
        if (number.Rational is { } rational)
        {
            return new Surd(rational, Rational.Zero, 1);
        }

        if (Degree != 2)
        {
            return null;
        }

        var half = Field.Modulus[1] / -2;
        var (a, b) = (number.Value[0], number.Value[1]);
        return Learning.Surd.Of(a + (b * half), isLargerRoot ? b : -b, (half * half) - Field.Modulus[0]);
    }

    private static IEnumerable<ExactEigenvalue> OfFactor(Polynomial factor, int multiplicity)
    {
        var (field, roots) = (new NumberField(factor), RealRoot.Of(factor));
        return roots.Select((root, i) => new ExactEigenvalue(field, root, multiplicity, i == roots.Count - 1));
    }
}
