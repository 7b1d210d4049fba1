using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Statistics;

namespace Eigenscope.Transforms;

/// <summary>The spikes of a matrix in random order, and the elements of it that make them.</summary>
/// <remarks>
/// In random order only the sizes of elements are left. A single one of size a in noise of variance s^2 makes a spike where a exceeds s (N M)^(1/4), a perturbation of rank one beyond the threshold of
/// Baik, Ben Arous and Peche (2005); its singular vectors u and v are then localised on the row and the column of the element, so that most of sigma = sum u_i w_ij v_j comes from it.
/// </remarks>
internal static class TrapSearch
{
    /// <summary>The most spikes of one shuffle that are traced at a time.</summary>
    private const int MostTraced = 64;

    /// <summary>An element that gives less than this share of a spike does not carry it: of a spike that chance makes, every element gives next to nothing.</summary>
    private const double LeastGiven = 0.02;

    /// <summary>Beside the element that gives most to a spike, those that give at least this share of it count.</summary>
    private const double LeastShare = 0.5;

    /// <summary>What a shuffle shows: how many spikes, the size of an element that makes one by itself, and the places in W of the elements from a level on that make these.</summary>
    public readonly record struct Finding(int Spikes, double Threshold, IReadOnlyList<int> Elements);

    /// <summary>Looks at one shuffle.</summary>
    /// <param name="w">The matrix.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <param name="level">Only elements of this size or larger count; null for the size that makes a spike by itself.</param>
    /// <param name="execution">How the work is done.</param>
    /// <returns>The finding; null where the shuffled matrix has no random part that can be fitted.</returns>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static Finding? Of(RowMajor w, ulong seed, double? level, Execution execution)
    {
        var order = ShuffledOrder.Of(w.Count, seed);
        var shuffled = Shuffled(w, order);
        var (n, m) = (Math.Max(w.Rows, w.Columns), Math.Min(w.Rows, w.Columns));
        if (BulkFit.Of([.. ResolvedSpectrum.Of(shuffled, execution).Eigenvalues], n).Fit is not { } fit)
        {
            return null;
        }

        var threshold = Math.Sqrt(fit.Variance * Math.Sqrt((double)n * m));
        if (fit.Spikes == 0)
        {
            return new(0, threshold, []);
        }

        var vectors = LeadingVectors.Of(shuffled, Math.Min(fit.Spikes, MostTraced), execution);
        var elements = new SortedSet<int>();
        for (var k = 0; k < vectors.Left.Count; k++)
        {
            elements.UnionWith(Carriers(shuffled, vectors.Left[k], vectors.Right[k], level ?? threshold, LeastGiven * vectors.SingularValues[k]).Select(place => order[place]));
        }

        return new(fit.Spikes, threshold, [.. elements]);
    }

    private static RowMajor Shuffled(RowMajor w, int[] order)
    {
        var shuffled = new RowMajor(w.Rows, w.Columns);
        for (var k = 0; k < order.Length; k++)
        {
            shuffled.Values[k] = w.Values[order[k]];
        }

        return shuffled;
    }

    /// <summary>The places of the elements from the level on that give most to a spike, and no less than a share of it.</summary>
    private static List<int> Carriers(RowMajor w, double[] left, double[] right, double level, double least)
    {
        var large = new List<(int Place, double Given)>();
        for (var i = 0; i < w.Rows; i++)
        {
            var row = w.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                if (Math.Abs(row[j]) >= level)
                {
                    large.Add(((i * w.Columns) + j, left[i] * row[j] * right[j]));
                }
            }
        }

        var most = large.Count == 0 ? 0 : large.Max(element => element.Given);
        return most >= least && most > 0 ? large.FindAll(element => element.Given >= LeastShare * most).ConvertAll(element => element.Place) : [];
    }
}
