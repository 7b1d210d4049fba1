using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>How the weights of A differ from those of B, element by element.</summary>
/// <param name="Cosine">The cosine of the angle between the two as vectors, -1 to 1; null where one is zero.</param>
/// <param name="RelativeNorm">|A - B|_F / |B|_F, from 0; null where B is zero.</param>
/// <param name="Scale">c, by which B must be multiplied to come nearest to A; null where B is zero.</param>
/// <param name="RelativeResidual">|A - c B|_F / |A|_F, 0 to 1: what no rescaling explains; null where A or B is zero.</param>
/// <param name="SignAgreement">The share of equal signs among the elements that are zero in neither; null where there are none.</param>
/// <param name="Changed">The share of elements that are not equal, 0 to 1.</param>
/// <param name="NewZeros">The share of elements that are zero in A and not in B, 0 to 1.</param>
public sealed record WeightChange(double? Cosine, double? RelativeNorm, double? Scale, double? RelativeResidual, double? SignAgreement, double Changed, double NewZeros)
{
    private const int RowsAtOnce = 64;

    /// <summary>Compares two matrices of one shape in one pass; neither is held whole.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static WeightChange Of(IMatrix a, IMatrix b, CancellationToken cancellation = default)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
        {
            throw new ArgumentException($"{a.Rows} x {a.Columns} and {b.Rows} x {b.Columns} cannot be compared element by element", nameof(b));
        }

        var sums = new Sums();
        var (left, right) = (new double[RowsAtOnce * a.Columns], new double[RowsAtOnce * a.Columns]);
        for (var row = 0; row < a.Rows; row += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(RowsAtOnce, a.Rows - row);
            a.Read(row, 0, rows, a.Columns, left, a.Columns);
            b.Read(row, 0, rows, a.Columns, right, a.Columns);
            for (var i = 0; i < rows; i++)
            {
                sums.Add(left.AsSpan(i * a.Columns, a.Columns), right.AsSpan(i * a.Columns, a.Columns));
            }
        }

        return sums.Result((long)a.Rows * a.Columns);
    }

    /// <summary>Sums over the elements, row by row.</summary>
    private sealed class Sums
    {
        private double squaresA;
        private double squaresB;
        private double products;
        private double squaresOfDifference;
        private double differenceTimesB;
        private long equalSigns;
        private long bothNonzero;
        private long changed;
        private long newZeros;

        public void Add(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            var (aa, bb, ab, dd, db) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < a.Length; i++)
            {
                var (x, y) = (a[i], b[i]);
                (aa, bb, ab, dd, db) = (aa + (x * x), bb + (y * y), ab + (x * y), dd + ((x - y) * (x - y)), db + ((x - y) * y));
                bothNonzero += x != 0 && y != 0 ? 1 : 0;
                equalSigns += x != 0 && y != 0 && x > 0 == y > 0 ? 1 : 0;
                changed += x != y ? 1 : 0;
                newZeros += x == 0 && y != 0 ? 1 : 0;
            }

            (squaresA, squaresB, products) = (squaresA + aa, squaresB + bb, products + ab);
            (squaresOfDifference, differenceTimesB) = (squaresOfDifference + dd, differenceTimesB + db);
        }

        public WeightChange Result(long elements)
        {
            var areBoth = squaresA > 0 && squaresB > 0;
            return new(
                areBoth ? Math.Clamp(products / Math.Sqrt(squaresA) / Math.Sqrt(squaresB), -1, 1) : null,
                squaresB > 0 ? Math.Sqrt(squaresOfDifference) / Math.Sqrt(squaresB) : null,
                squaresB > 0 ? products / squaresB : null,
                areBoth ? Math.Sqrt(Math.Max(0, squaresOfDifference - (differenceTimesB * differenceTimesB / squaresB)) / squaresA) : null,
                bothNonzero > 0 ? (double)equalSigns / bothNonzero : null,
                (double)changed / elements,
                (double)newZeros / elements);
        }
    }
}
