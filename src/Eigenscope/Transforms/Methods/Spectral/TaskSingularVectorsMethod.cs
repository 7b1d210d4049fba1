using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>
/// TSV-M (Gargiulo, Crisostomi, Bucarelli, Scardapane, Silvestri and Rodolà 2025): the leading r / T singular triplets of each of T changes side by side, both sets of vectors replaced by the
/// nearest orthonormal ones, and their product with the singular values as they are.
/// </summary>
/// <remarks>
/// It is a sum of the changes rather than a mean. Where vectors depend on each other, as those of a model that is given twice, the nearest orthonormal ones are not unique, and the published program
/// adds arbitrary directions at full strength; here each direction counts once.
/// </remarks>
internal sealed class TaskSingularVectorsMethod : SpectralMethod
{
    /// <inheritdoc/>
    public override string Name => "tsv_m";

    /// <inheritdoc/>
    public override string Meaning => "adds the leading singular triplets of all changes, their vectors made orthonormal";

    /// <summary>Adds the leading triplets of some matrices of one shape.</summary>
    /// <param name="decomposed">The decompositions.</param>
    /// <param name="ranks">How many triplets of each.</param>
    /// <param name="isGuarded">True where a direction that is there twice counts once.</param>
    /// <param name="execution">How the work is done.</param>
    /// <returns>The sum, its interference and the number of independent directions.</returns>
    public static (RowMajor Sum, double Interference, int Rank) Add(IReadOnlyList<SingularVectors> decomposed, IReadOnlyList<int> ranks, bool isGuarded, Execution execution)
    {
        var stack = TripletStack.Of(decomposed, ranks);
        if (stack.Count == 0)
        {
            return (new RowMajor(decomposed[0].Left.Columns, decomposed[0].Right.Columns), 0, 0);
        }

        var (sum, rank) = stack.Orthonormalized(stack.Values, isGuarded, execution);
        return (sum, stack.Interference(execution), rank);
    }

    /// <inheritdoc/>
    protected override ITensorMerge Merged(TaskChanges changes)
    {
        SingularVectors[] decomposed = [.. Enumerable.Range(0, changes.Count).Select(changes.Decomposed)];
        ChangeSpectrum[] spectra = [.. decomposed.Select(vectors => new ChangeSpectrum(vectors, changes.Share(vectors)))];
        var k = PerTask(Math.Min(changes.Rows, changes.Columns), changes);
        int[] ranks = [.. spectra.Select(spectrum => Math.Min(k, changes.IsPaper ? spectrum.Values.Length : spectrum.Rank))];
        var (sum, interference, rank) = Add(decomposed, ranks, !changes.IsPaper, changes.Execution);
        return changes.Merged(sum, new MergeFacts("orthonormal_triplets")
        {
            Values = [new("triplets", ranks.Sum()), new("directions", rank), new("interference", interference)],
            PerModel =
            [
                new("kept_rank", changes.PerInput([.. ranks.Select(kept => (double)kept)])),
                new("kept_energy", changes.PerInput([.. spectra.Zip(ranks, (spectrum, kept) => spectrum.KeptEnergy(kept))])),
                new("effective_rank", changes.PerInput([.. spectra.Select(spectrum => spectrum.EffectiveRank)])),
            ],
        });
    }

    /// <inheritdoc/>
    protected override long Doubles(long rows, long columns, int models) =>
        ((models + 3) * rows * columns) + (models * Math.Min(rows, columns) * (rows + columns)) + (2 * SingularVectors.Doubles(rows, columns));

    /// <summary>The whole part of r / T; as published that of r times a rounded 1 / T, which can be one less.</summary>
    private static int PerTask(int smaller, TaskChanges changes) => changes.IsPaper ? (int)(smaller * (1.0 / changes.Count)) : Math.Max(1, smaller / changes.Count);
}
