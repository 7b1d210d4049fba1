namespace Eigenscope.Learning;

/// <summary>Products of exact matrices.</summary>
internal static class ExactMatrix
{
    /// <summary>A B.</summary>
    public static Rational[,] Product(Rational[,] a, Rational[,] b)
    {
        var product = new Rational[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < b.GetLength(1); j++)
            {
                for (var k = 0; k < b.GetLength(0); k++)
                {
                    product[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return product;
    }

    /// <summary>The sum of the diagonal.</summary>
    public static Rational Trace(Rational[,] a)
    {
        var trace = Rational.Zero;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            trace += a[i, i];
        }

        return trace;
    }

    /// <summary>The entries of a lesson's matrix, or of its transpose.</summary>
    public static Rational[,] Of(LessonMatrix w, bool transposed)
    {
        var entries = new Rational[transposed ? w.Columns : w.Rows, transposed ? w.Rows : w.Columns];
        for (var i = 0; i < entries.GetLength(0); i++)
        {
            for (var j = 0; j < entries.GetLength(1); j++)
            {
                entries[i, j] = transposed ? w[j, i] : w[i, j];
            }
        }

        return entries;
    }
}
