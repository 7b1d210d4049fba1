namespace Eigenscope.Learning;

/// <summary>A vector of numbers of one eigenvalue's field, other than 0: a direction, whose unit vector is it over the root of its squared length.</summary>
/// <param name="Eigenvalue">The eigenvalue that it is made of.</param>
/// <param name="Entries">Its entries.</param>
internal sealed record ExactVector(ExactEigenvalue Eigenvalue, FieldNumber[] Entries)
{
    /// <summary>The sum of the squares of the entries.</summary>
    public FieldNumber SquaredLength => ExactElimination.Dot(Entries, Entries);

    /// <summary>The length.</summary>
    public double Length => Math.Sqrt(Eigenvalue.ToDouble(SquaredLength));

    /// <summary>The vector of length 1, as float64.</summary>
    public double[] Unit => Array.ConvertAll(Entries, entry => Eigenvalue.ToDouble(entry) / Length);

    /// <summary>The vector or its opposite, whichever has a positive first entry that is not 0.</summary>
    public ExactVector Upright() => Entries.Select(Eigenvalue.ToDouble).First(x => x != 0) < 0 ? this with { Entries = Array.ConvertAll(Entries, x => x * -1) } : this;

    /// <summary>A W of a matrix of rational numbers, with whole coefficients that have no common divisor.</summary>
    public ExactVector Times(Rational[,] matrix)
    {
        var image = Enumerable.Range(0, matrix.GetLength(0)).Select(i => Entries.Select((x, j) => x * matrix[i, j]).Aggregate((sum, term) => sum + term));
        return this with { Entries = ExactElimination.Whole([.. image]) };
    }
}
