using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>Gauss and Jordan's elimination in a number field, and the vectors that a matrix sends to 0.</summary>
/// <param name="Reduced">The reduced row echelon form.</param>
/// <param name="Pivots">The column of the leading 1 of each row that is not 0.</param>
internal sealed record ExactElimination(FieldNumber[,] Reduced, IReadOnlyList<int> Pivots)
{
    /// <summary>In bits.</summary>
    private const int LargestMultiple = 128;

    /// <summary>The columns without a leading 1: the unknowns that are free.</summary>
    public IReadOnlyList<int> Free => [.. Enumerable.Range(0, Reduced.GetLength(1)).Except(Pivots)];

    /// <summary>Eliminates.</summary>
    public static ExactElimination Of(FieldNumber[,] matrix)
    {
        var (a, pivots) = ((FieldNumber[,])matrix.Clone(), new List<int>());
        for (var column = 0; column < a.GetLength(1) && pivots.Count < a.GetLength(0); column++)
        {
            var row = Enumerable.Range(pivots.Count, a.GetLength(0) - pivots.Count).FirstOrDefault(i => !a[i, column].IsZero, -1);
            if (row >= 0)
            {
                Swap(a, row, pivots.Count);
                Clear(a, pivots.Count, column);
                pivots.Add(column);
            }
        }

        return new(a, pivots);
    }

    /// <summary>Orthogonal vectors, none of them 0, that span what the matrix sends to 0; each with whole coefficients that have no common divisor, where it takes square roots at most.</summary>
    public IReadOnlyList<FieldNumber[]> OrthogonalKernel()
    {
        var kernel = new List<FieldNumber[]>();
        foreach (var free in Free)
        {
            var vector = Solution(free);
            foreach (var known in kernel)
            {
                var share = Dot(vector, known) / Dot(known, known);
                vector = [.. vector.Zip(known, (x, y) => x - (share * y))];
            }

            kernel.Add(Whole(vector));
        }

        return kernel;
    }

    /// <summary>x . y.</summary>
    public static FieldNumber Dot(FieldNumber[] x, FieldNumber[] y) => x.Zip(y, (a, b) => a * b).Aggregate((sum, term) => sum + term);

    /// <summary>
    /// A multiple with whole coefficients that have no common divisor; the vector itself where coefficients are not what one reads: in a field that takes more than square roots, or where
    /// they would be so large that their squares lie beyond float64.
    /// </summary>
    public static FieldNumber[] Whole(FieldNumber[] vector)
    {
        var coefficients = vector.SelectMany(x => x.Value.Coefficients).Where(c => !c.IsZero).ToList();
        if (coefficients.Count == 0 || vector[0].Field.Modulus.Degree > 2)
        {
            return vector;
        }

        var multiple = coefficients.Aggregate(BigInteger.One, (m, c) => m * c.Denominator / BigInteger.GreatestCommonDivisor(m, c.Denominator));
        var divisor = coefficients.Aggregate(BigInteger.Zero, (d, c) => BigInteger.GreatestCommonDivisor(d, (c * multiple).Numerator));
        return Math.Max(multiple.GetBitLength(), divisor.GetBitLength()) > LargestMultiple ? vector : [.. vector.Select(x => x * new Rational(multiple, divisor))];
    }

    /// <summary>The solution in which one of the free unknowns is 1 and the others are 0.</summary>
    private FieldNumber[] Solution(int free)
    {
        var field = Reduced[0, 0].Field;
        var x = new FieldNumber[Reduced.GetLength(1)];
        Array.Fill(x, field.Of(Rational.Zero));
        x[free] = field.Of(Rational.One);
        for (var row = 0; row < Pivots.Count; row++)
        {
            x[Pivots[row]] = Reduced[row, free] * -1;
        }

        return x;
    }

    private static void Swap(FieldNumber[,] a, int i, int k)
    {
        for (var j = 0; j < a.GetLength(1); j++)
        {
            (a[i, j], a[k, j]) = (a[k, j], a[i, j]);
        }
    }

    /// <summary>Makes the pivot 1 and the rest of its column 0.</summary>
    private static void Clear(FieldNumber[,] a, int row, int column)
    {
        var pivot = a[row, column];
        for (var j = 0; j < a.GetLength(1); j++)
        {
            a[row, j] /= pivot;
        }

        for (var i = 0; i < a.GetLength(0); i++)
        {
            var factor = a[i, column];
            for (var j = 0; i != row && j < a.GetLength(1); j++)
            {
                a[i, j] -= factor * a[row, j];
            }
        }
    }
}
