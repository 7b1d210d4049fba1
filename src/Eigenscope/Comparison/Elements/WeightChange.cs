using System.Buffers;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>How the weights of A differ from those of B, element by element; D = A - B.</summary>
public sealed record WeightChange
{
    private const int RowsAtOnce = 32;

    /// <summary>The cosine of the angle between the two as vectors, -1 to 1; null where one is zero.</summary>
    public double? Cosine { get; init; }

    /// <summary>The same after the mean of each is taken off: the correlation of their elements; null where one is constant.</summary>
    public double? Correlation { get; init; }

    /// <summary>|D|_F / |B|_F, from 0; null where B is zero.</summary>
    public double? RelativeNorm { get; init; }

    /// <summary>|D|_F^2, in units of the squared weights.</summary>
    public double SquaredNorm { get; init; }

    /// <summary>c, by which B must be multiplied to come nearest to A; null where B is zero.</summary>
    public double? Scale { get; init; }

    /// <summary>|A - c B|_F / |A|_F, 0 to 1: what no rescaling explains; null where A or B is zero.</summary>
    public double? RelativeResidual { get; init; }

    /// <summary>The cosine of the angle between D and B; null where one is zero.</summary>
    public double? CosineOfChange { get; init; }

    /// <summary>The fourth moment of the elements of D over the square of the second, from 1: 1.8 for a uniform law, as of rounding errors, 3 for a normal one; null where D is zero.</summary>
    public double? Kurtosis { get; init; }

    /// <summary>The share of equal signs among the elements that are zero in neither; null where there are none.</summary>
    public double? SignAgreement { get; init; }

    /// <summary>The share of elements that are not equal, 0 to 1.</summary>
    public double Changed { get; init; }

    /// <summary>The share of elements that are zero in A and not in B, 0 to 1.</summary>
    public double NewZeros { get; init; }

    /// <summary>The share of elements that are zero in B and not in A, 0 to 1.</summary>
    public double LostZeros { get; init; }

    /// <summary>|D| over the elements that are zero in one of the two, over |B|: 1e-8 or so where tiny weights were rounded to zero, more where weights were taken away; null where B is zero.</summary>
    public double? NormOfZeroed { get; init; }

    /// <summary>The number of elements.</summary>
    public long Elements { get; init; }

    /// <summary>Compares two matrices of one shape in one pass; neither is held whole.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="threads">The most threads that work on it, at least 1. Never changes a number.</param>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static WeightChange Of(IMatrix a, IMatrix b, int threads = 1, CancellationToken cancellation = default)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
        {
            throw new ArgumentException($"{a.Rows} x {a.Columns} and {b.Rows} x {b.Columns} cannot be compared element by element", nameof(b));
        }

        using var execution = Execution.On(threads, cancellation);
        var pieces = new ElementSums[(a.Rows + RowsAtOnce - 1) / RowsAtOnce];
        execution.ForEach(pieces.Length, piece => pieces[piece] = Piece(a, b, piece * RowsAtOnce));
        var all = new ElementSums();
        Array.ForEach(pieces, all.Add);
        return Of(all);
    }

    private static ElementSums Piece(IMatrix a, IMatrix b, int first)
    {
        var (sums, rows) = (new ElementSums(), Math.Min(RowsAtOnce, a.Rows - first));
        double[] left = ArrayPool<double>.Shared.Rent(rows * a.Columns), right = ArrayPool<double>.Shared.Rent(rows * a.Columns);
        a.Read(first, 0, rows, a.Columns, left, a.Columns);
        b.Read(first, 0, rows, a.Columns, right, a.Columns);
        for (var i = 0; i < rows; i++)
        {
            sums.Add(left.AsSpan(i * a.Columns, a.Columns), right.AsSpan(i * a.Columns, a.Columns));
        }

        ArrayPool<double>.Shared.Return(left);
        ArrayPool<double>.Shared.Return(right);
        return sums;
    }

    private static WeightChange Of(ElementSums sums)
    {
        var (n, areBoth) = ((double)sums.Count, sums is { SquaresA: > 0, SquaresB: > 0 });
        var (spreadA, spreadB) = (sums.SquaresA - (sums.A * sums.A / n), sums.SquaresB - (sums.B * sums.B / n));
        return new()
        {
            Cosine = areBoth ? CosineOf(sums.Products, sums.SquaresA, sums.SquaresB) : null,
            Correlation = spreadA > 0 && spreadB > 0 ? CosineOf(sums.Products - (sums.A * sums.B / n), spreadA, spreadB) : null,
            RelativeNorm = sums.SquaresB > 0 ? Math.Sqrt(sums.SquaresD) / Math.Sqrt(sums.SquaresB) : null,
            SquaredNorm = sums.SquaresD,
            Scale = sums.SquaresB > 0 ? sums.Products / sums.SquaresB : null,
            RelativeResidual = areBoth ? Math.Sqrt(Math.Max(0, sums.SquaresD - (sums.ProductsWithB * sums.ProductsWithB / sums.SquaresB)) / sums.SquaresA) : null,
            CosineOfChange = sums is { SquaresD: > 0, SquaresB: > 0 } ? CosineOf(sums.ProductsWithB, sums.SquaresD, sums.SquaresB) : null,
            Kurtosis = sums.SquaresD > 0 ? sums.FourthsD / sums.SquaresD / sums.SquaresD * n : null,
            SignAgreement = sums.BothNonzero > 0 ? (double)sums.EqualSigns / sums.BothNonzero : null,
            Changed = sums.Changed / n,
            NewZeros = sums.NewZeros / n,
            LostZeros = sums.LostZeros / n,
            NormOfZeroed = sums.SquaresB > 0 ? Math.Sqrt(sums.SquaresBesideZeros) / Math.Sqrt(sums.SquaresB) : null,
            Elements = sums.Count,
        };
    }

    private static double CosineOf(double products, double squaresA, double squaresB) => Math.Clamp(products / Math.Sqrt(squaresA) / Math.Sqrt(squaresB), -1, 1);
}
