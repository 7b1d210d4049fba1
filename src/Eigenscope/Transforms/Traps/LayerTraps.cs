using Eigenscope.Analysis;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models.Layers;

namespace Eigenscope.Transforms;

/// <summary>The elements of a matrix that make spikes of it in random order, and what to put in their place.</summary>
/// <param name="Places">Their numbers in the matrix, in row-major order, ascending.</param>
/// <param name="Values">The values in their place, of a type that stores them.</param>
/// <param name="Level">The size that they are shrunk to.</param>
/// <param name="Before">Spikes of a shuffle, in the mean.</param>
/// <param name="After">The same without these elements.</param>
internal sealed record LayerTraps(IReadOnlyList<int> Places, double[] Values, double Level, double Before, double After)
{
    /// <summary>Elements are shrunk to this share of the size that makes a spike by itself: at that size the largest eigenvalue passes the edge more often than that of noise.</summary>
    private const double Depth = 0.5;

    /// <summary>What the size is multiplied by where spikes are left that elements make which are shrunk to it: several of them in one row or column.</summary>
    private const double Step = 0.9;

    /// <summary>Below this share of the size that makes a spike by itself, elements are what noise has.</summary>
    private const double LeastLevel = 0.25;

    /// <summary>Rounds of tracing and shrinking at most.</summary>
    private const int MostRounds = 64;

    /// <summary>Finds them.</summary>
    /// <param name="layer">The layer, whose name the shuffles depend on.</param>
    /// <param name="slice">The number of the matrix in the layer.</param>
    /// <param name="original">The matrix.</param>
    /// <param name="options">How many shuffles, and of which seed.</param>
    /// <param name="execution">How the work is done.</param>
    /// <returns>The elements, none where no spike is made by single ones; null where the shuffled matrix has no random part.</returns>
    /// <exception cref="NonFiniteElementException">The matrix holds a NaN or an infinity.</exception>
    public static LayerTraps? Of(WeightMatrix layer, int slice, RowMajor original, TrapOptions options, Execution execution)
    {
        ulong[] seeds = [.. Enumerable.Range(1, options.Shuffles).Select(draw => (ulong)LayerSeed.Of(options.Seed, layer.Name, (draw * layer.Slices.Count) + slice))];
        var w = Copy(original);
        var found = new SortedSet<int>();
        double? level = null;
        var (threshold, before, after) = (0.0, 0.0, 0.0);
        for (var round = 0; round < MostRounds; round++)
        {
            var findings = Array.ConvertAll(seeds, seed => TrapSearch.Of(w, seed, level, execution));
            if (Array.Exists(findings, finding => finding is null))
            {
                return round == 0 ? null : Found(original, w, found, level ?? 0, before, after);
            }

            after = findings.Average(finding => finding!.Value.Spikes);
            (threshold, before) = round == 0 ? (findings.Min(finding => finding!.Value.Threshold), after) : (threshold, before);
            level ??= StoredTensors.Rounded(layer.Tensor.Type, Depth * threshold);
            var carriers = findings.SelectMany(finding => finding!.Value.Elements).ToList();
            if (carriers.Count == 0 || level * Step < LeastLevel * threshold)
            {
                break;
            }

            level = carriers.TrueForAll(found.Contains) ? StoredTensors.Rounded(layer.Tensor.Type, level.Value * Step) : level;
            found.UnionWith(carriers);
            Shrink(original, w, found, level.Value);
        }

        return Found(original, w, found, level ?? 0, before, after);
    }

    private static LayerTraps Found(RowMajor original, RowMajor w, SortedSet<int> found, double level, double before, double after)
    {
        int[] places = [.. found.Where(place => w.Values[place] != original.Values[place])];
        return new(places, Array.ConvertAll(places, place => w.Values[place]), level, before, after);
    }

    private static void Shrink(RowMajor original, RowMajor w, SortedSet<int> places, double level)
    {
        foreach (var place in places)
        {
            var value = original.Values[place];
            w.Values[place] = Math.Abs(value) > level ? Math.CopySign(level, value) : value;
        }
    }

    private static RowMajor Copy(RowMajor w)
    {
        var copy = new RowMajor(w.Rows, w.Columns);
        w.Elements.CopyTo(copy.Elements);
        return copy;
    }
}
