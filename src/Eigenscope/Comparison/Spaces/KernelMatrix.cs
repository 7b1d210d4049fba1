using System.Runtime.CompilerServices;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>A copy of a Gram matrix K, to be compared with another one L of the same order by their centred alignment.</summary>
internal sealed unsafe class KernelMatrix : IDisposable
{
    private readonly AlignedBuffer elements;
    private readonly int order;
    private readonly double[] sums;
    private readonly double own;

    private KernelMatrix(SymmetricMatrix gram)
    {
        order = gram.Order;
        elements = new AlignedBuffer(SymmetricMatrix.Length(order), zeroed: false);
        Buffer.MemoryCopy(gram.Start(0), elements.Pointer, elements.Length * sizeof(double), elements.Length * sizeof(double));
        sums = RowSums(gram);
        own = Centred(gram, gram.Start(0), sums, sums);
    }

    /// <summary>Copies a matrix.</summary>
    public static KernelMatrix Of(SymmetricMatrix gram) => new(gram);

    /// <summary>tr(H K H L) / sqrt(tr(H K H K) tr(H L H L)) with H = I - 1 1^T / n (Cortes, Mohri and Rostamizadeh 2012), 0 to 1; null where the orders differ, or one matrix is constant.</summary>
    public double? AlignmentWith(SymmetricMatrix gram)
    {
        if (gram.Order != order)
        {
            return null;
        }

        var others = RowSums(gram);
        var scale = own * Centred(gram, gram.Start(0), others, others);
        return scale > 0 ? Math.Clamp(Centred(gram, elements.Pointer, others, sums) / Math.Sqrt(scale), 0, 1) : null;
    }

    public void Dispose() => elements.Dispose();

    /// <summary>tr(H K H L) = sum K_ij L_ij - 2/n sum k_i l_i + (sum k)(sum l) / n^2, with the row sums k and l.</summary>
    private static double Centred(SymmetricMatrix a, double* other, double[] sumsA, double[] sumsB)
    {
        var n = a.Order;
        return Products(a, other) - (2.0 / n * Lanes.Dot(sumsA, sumsB)) + (sumsA.Sum() / n * (sumsB.Sum() / n));
    }

    /// <summary>sum K_ij L_ij: blocks below the diagonal stand for those above it too.</summary>
    private static double Products(SymmetricMatrix a, double* other)
    {
        var sum = 0.0;
        for (var panel = 0; panel < a.Panels; panel++)
        {
            var offset = (nint)(a.Start(panel) - a.Start(0));
            for (var block = 0; block <= panel; block++)
            {
                var at = (nint)block * Panel.Block;
                sum += (block < panel ? 2 : 1) * Lanes.Dot(a.Start(panel) + at, other + offset + at, Panel.Block);
            }
        }

        return sum;
    }

    private static double[] RowSums(SymmetricMatrix a)
    {
        var sums = new double[a.Panels * Panel.Rows];
        fixed (double* to = sums)
        {
            for (var panel = 0; panel < a.Panels; panel++)
            {
                for (var column = 0; column < (panel + 1) * Panel.Rows; column++)
                {
                    AddColumn(a.Start(panel) + ((nint)column * Panel.Rows), to, panel * Panel.Rows, column);
                }
            }
        }

        return sums[..a.Order];
    }

    /// <summary>Twenty-four elements of a column go to the sums of their rows, and, outside of the diagonal block, to that of their column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(double* elements, double* sums, int row, int column)
    {
        var sum = 0.0;
        for (var i = 0; i < Panel.Rows; i++)
        {
            sums[row + i] += elements[i];
            sum += elements[i];
        }

        sums[column] += column < row ? sum : 0;
    }
}
