namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Y = Q R for a frame: Q takes the place of Y, R is upper triangular. Modified Gram-Schmidt by rows of R (Björck 1967): Q is orthonormal to
/// eps times the condition number of Y.
/// </summary>
/// <remarks>
/// Where no more than a given length remains of a vector, because it depends on those before it, a random one that is orthogonal to them takes its place, and
/// the diagonal element of R is zero: Y = Q R holds within that length, and Q always has 24 vectors. Cost: 4 * 24^2 flops an element of a vector.
/// </remarks>
internal static unsafe class FrameQr
{
    private const int Width = Frame.Width;

    /// <summary>Twice is enough to make a random vector orthogonal (Giraud, Langou and Rozloznik 2005).</summary>
    private const int Passes = 2;

    /// <summary>Factors a frame in place.</summary>
    /// <param name="y">Y, which becomes Q.</param>
    /// <param name="r">R: element (i, j) at 24 i + j.</param>
    /// <param name="least">The length at or below which what remains of a vector counts as zero.</param>
    /// <param name="draws">Where replacements come from.</param>
    public static void Factor(Frame y, Span<double> r, double least, NormalDraws draws)
    {
        var products = stackalloc double[Width];
        for (var j = 0; j < Width; j++)
        {
            y.Dots(j, products);
            var length = Math.Sqrt(products[j]);
            var row = r.Slice(j * Width, Width);
            row.Clear();
            if (length > least)
            {
                y.Scale(j, 1 / length);
                row[j] = length;
            }
            else
            {
                Replace(y, j, draws);
            }

            Remove(y, j, row);
        }
    }

    /// <summary>Takes from every later vector its part along vector j, which is an element of R.</summary>
    private static void Remove(Frame y, int j, Span<double> row)
    {
        var products = stackalloc double[Width];
        y.Dots(j, products);
        for (var i = 0; i < Width; i++)
        {
            products[i] = i > j ? -products[i] : 0;
            row[i] = i > j ? -products[i] : row[i];
        }

        y.AddMultiples(j, products);
    }

    private static void Replace(Frame y, int j, NormalDraws draws)
    {
        var products = stackalloc double[Width];
        y.Draw(j, draws);
        for (var pass = 0; pass <= Passes; pass++)
        {
            y.Dots(j, products);
            y.Scale(j, 1 / Math.Sqrt(products[j]));
            if (pass < Passes)
            {
                RemoveEarlier(y, j);
            }
        }
    }

    private static void RemoveEarlier(Frame y, int j)
    {
        var products = stackalloc double[Width];
        y.Dots(j, products);
        for (var k = 0; k < y.Length; k++)
        {
            var x = y.Pointer + ((nint)k * Width);
            for (var i = 0; i < j; i++)
            {
                x[j] = Math.FusedMultiplyAdd(-products[i], x[i], x[j]);
            }
        }
    }
}
