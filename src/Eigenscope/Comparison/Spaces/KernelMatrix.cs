using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Comparison;

/// <summary>A copy of a Gram matrix K, to be compared with another one L of the same order by their centred alignment.</summary>
internal sealed unsafe class KernelMatrix : IDisposable
{
    private readonly AlignedBuffer elements;
    private readonly int order;
    private readonly double[] sums;
    private readonly double own;

    private KernelMatrix(SymmetricMatrix gram, Execution execution)
    {
        order = gram.Order;
        elements = new AlignedBuffer(SymmetricMatrix.Length(order), zeroed: false);
        execution.ForEach(gram.Panels, panel =>
        {
            var (offset, size) = (gram.Start(panel) - gram.Start(0), Size(panel));
            Buffer.MemoryCopy(gram.Start(panel), elements.Pointer + offset, size * sizeof(double), size * sizeof(double));
        });
        sums = RowSums(gram, execution);
        own = Centred(gram, gram.Start(0), sums, sums, execution);
    }

    /// <summary>Copies a matrix.</summary>
    public static KernelMatrix Of(SymmetricMatrix gram, Execution execution) => new(gram, execution);

    /// <summary>tr(H K H L) / sqrt(tr(H K H K) tr(H L H L)) with H = I - 1 1^T / n (Cortes, Mohri and Rostamizadeh 2012), 0 to 1; null where the orders differ, or one matrix is constant.</summary>
    public double? AlignmentWith(SymmetricMatrix gram, Execution execution)
    {
        if (gram.Order != order)
        {
            return null;
        }

        var others = RowSums(gram, execution);
        var scale = own * Centred(gram, gram.Start(0), others, others, execution);
        return scale > 0 ? Math.Clamp(Centred(gram, elements.Pointer, others, sums, execution) / Math.Sqrt(scale), 0, 1) : null;
    }

    public void Dispose() => elements.Dispose();

    private static long Size(int panel) => (panel + 1L) * Panel.Block;

    /// <summary>tr(H K H L) = sum K_ij L_ij - 2/n sum k_i l_i + (sum k)(sum l) / n^2, with the row sums k and l.</summary>
    private static double Centred(SymmetricMatrix a, double* other, double[] sumsA, double[] sumsB, Execution execution)
    {
        var n = a.Order;
        return Products(a, other, execution) - (2.0 / n * Lanes.Dot(sumsA, sumsB)) + (sumsA.Sum() / n * (sumsB.Sum() / n));
    }

    /// <summary>sum K_ij L_ij: blocks below the diagonal stand for those above it too.</summary>
    private static double Products(SymmetricMatrix a, double* other, Execution execution)
    {
        var products = new double[a.Panels];
        execution.ForEach(a.Panels, panel =>
        {
            double* x = a.Start(panel), y = other + (x - a.Start(0));
            var below = panel * Panel.Block;
            products[panel] = (2 * Lanes.Dot(x, y, below)) + Lanes.Dot(x + below, y + below, Panel.Block);
        });
        return products.Sum();
    }

    /// <summary>A panel adds to the sums of its rows, and, by the blocks below the diagonal, to those of the rows that are its columns.</summary>
    private static double[] RowSums(SymmetricMatrix a, Execution execution)
    {
        var ofPanels = new double[a.Panels][];
        execution.ForEach(a.Panels, panel => ofPanels[panel] = SumsOf(a.Start(panel), panel * Panel.Rows));
        var all = new double[a.Panels * Panel.Rows];
        foreach (var ofPanel in ofPanels)
        {
            for (var i = 0; i < ofPanel.Length; i++)
            {
                all[i] += ofPanel[i];
            }
        }

        return all[..a.Order];
    }

    /// <summary>The sums of the columns of a panel before its diagonal block, and behind them those of its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] SumsOf(double* x, int columns)
    {
        var found = new double[columns + Panel.Rows];
        Vector512<double> r0 = default, r1 = default, r2 = default;
        for (var column = 0; column < columns + Panel.Rows; column++, x += Panel.Rows)
        {
            Vector512<double> x0 = Vector512.Load(x), x1 = Vector512.Load(x + Lanes.Count), x2 = Vector512.Load(x + (2 * Lanes.Count));
            (r0, r1, r2) = (r0 + x0, r1 + x1, r2 + x2);
            if (column < columns)
            {
                found[column] = Lanes.Sum(x0 + x1 + x2);
            }
        }

        r0.CopyTo(found, columns);
        r1.CopyTo(found, columns + Lanes.Count);
        r2.CopyTo(found, columns + (2 * Lanes.Count));
        return found;
    }
}
