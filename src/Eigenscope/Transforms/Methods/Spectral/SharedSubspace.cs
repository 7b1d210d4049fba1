using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>
/// The subspaces that changes of one matrix use together, and the changes within them: P and Q are the eigenvectors of sum_i w_i D_i D_i^T / |D_i|^2 and sum_i w_i D_i^T D_i / |D_i|^2, in which every
/// change counts by its weight and not by its length, and C_i = P^T D_i Q.
/// </summary>
internal sealed class SharedSubspace
{
    private readonly RowMajor left;
    private readonly RowMajor right;
    private readonly RowMajor[] cores;
    private readonly double[][] kept;

    /// <param name="changes">D, none of which is zero.</param>
    /// <param name="weights">w, each above 0.</param>
    /// <param name="leastKept">The share of its energy that every change keeps in the subspace.</param>
    /// <param name="execution">How the work is done.</param>
    public SharedSubspace(IReadOnlyList<RowMajor> changes, IReadOnlyList<double> weights, double leastKept, Execution execution)
    {
        var most = Math.Min(changes[0].Rows, changes[0].Columns);
        double[] factors = [.. changes.Select((change, i) => Math.Sqrt(weights[i]) / change.Norm())];
        left = SingularVectors.Of(Beside(changes, factors), most, execution).Left;
        right = SingularVectors.Of(Below(changes, factors), most, execution).Right;
        cores = [.. changes.Select(change => Core(change, execution))];
        kept = [.. changes.Select((change, i) => Kept(cores[i], change.Norm()))];
        var enough = Enumerable.Range(1, most).Where(r => kept.All(shares => shares[r - 1] >= leastKept));
        (Rank, IsCapped) = enough.Any() ? (enough.First(), false) : (most, true);
    }

    /// <summary>The smallest rank at which every change keeps as much as was asked for.</summary>
    public int Rank { get; }

    /// <summary>True where no rank is enough, and all directions are taken.</summary>
    public bool IsCapped { get; }

    /// <summary>The share of its energy that each change keeps.</summary>
    public double[] KeptEnergy => [.. kept.Select(shares => shares[Rank - 1])];

    /// <summary>The changes within the subspace, <see cref="Rank"/> x <see cref="Rank"/>.</summary>
    public RowMajor[] Cores()
    {
        RowMajor[] parts = [.. cores.Select(_ => new RowMajor(Rank, Rank))];
        for (var i = 0; i < parts.Length; i++)
        {
            for (var row = 0; row < Rank; row++)
            {
                cores[i].Row(row)[..Rank].CopyTo(parts[i].Row(row));
            }
        }

        return parts;
    }

    /// <summary>P C Q^T.</summary>
    public RowMajor Outside(RowMajor core, Execution execution)
    {
        var (rows, product) = (new RowMajor(Rank, right.Columns), new RowMajor(left.Columns, right.Columns));
        RowProduct.Of(core.View, right.View.Part(0, 0, Rank, right.Columns), rows.View, TileKernel.Update.Set, execution);
        RowProduct.Of(left.View.Part(0, 0, Rank, left.Columns).Transposed, rows.View, product.View, TileKernel.Update.Set, execution);
        return product;
    }

    private static RowMajor Beside(IReadOnlyList<RowMajor> changes, double[] factors)
    {
        var columns = changes[0].Columns;
        var all = new RowMajor(changes[0].Rows, checked(changes.Count * columns));
        for (var i = 0; i < changes.Count; i++)
        {
            for (var row = 0; row < all.Rows; row++)
            {
                CopyScaled(changes[i].Row(row), factors[i], all.Row(row).Slice(i * columns, columns));
            }
        }

        return all;
    }

    private static RowMajor Below(IReadOnlyList<RowMajor> changes, double[] factors)
    {
        var all = new RowMajor(checked(changes.Count * changes[0].Rows), changes[0].Columns);
        for (var i = 0; i < changes.Count; i++)
        {
            CopyScaled(changes[i].Elements, factors[i], all.Elements.Slice(i * changes[i].Count, changes[i].Count));
        }

        return all;
    }

    private static void CopyScaled(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        for (var k = 0; k < to.Length; k++)
        {
            to[k] = factor * from[k];
        }
    }

    private RowMajor Core(RowMajor change, Execution execution)
    {
        var (rows, core) = (new RowMajor(left.Rows, change.Columns), new RowMajor(left.Rows, right.Rows));
        RowProduct.Of(left.View, change.View, rows.View, TileKernel.Update.Set, execution);
        RowProduct.Of(rows.View, right.View.Transposed, core.View, TileKernel.Update.Set, execution);
        return core;
    }

    /// <summary>|C[..r, ..r]|^2 / |D|^2 of every r from 1.</summary>
    private static double[] Kept(RowMajor core, double norm)
    {
        var (shares, sum) = (new double[core.Rows], 0.0);
        for (var r = 0; r < shares.Length; r++)
        {
            for (var k = 0; k <= r; k++)
            {
                sum += core.Row(r)[k] * core.Row(r)[k];
                sum += k < r ? core.Row(k)[r] * core.Row(k)[r] : 0;
            }

            shares[r] = sum / (norm * norm);
        }

        return shares;
    }
}
