using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>
/// STAR (Lee, Ko, Pedapati, Chung, Yeh and Chen 2025): of each change the leading singular values that make eta percent of their sum, scaled so that the sum is what it was, and the plain average of
/// what is left.
/// </summary>
/// <remarks>The sum of the values is kept, not their squares: the merged change is longer than the average. There is no scaling factor in the original; here lambda is 1 for it.</remarks>
internal sealed class StarMethod : SpectralMethod
{
    /// <inheritdoc/>
    public override string Name => "star";

    /// <inheritdoc/>
    public override string Meaning => "averages changes truncated to the leading singular values, their sum restored";

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterDefinition> Own => [new("eta", ParameterKind.Number, 40.0, "the percentage of the sum of the singular values that is kept") { Least = 0, Most = 100 }];

    /// <inheritdoc/>
    protected override ITensorMerge Merged(TaskChanges changes)
    {
        var share = changes.Task.Parameters.Number("eta") / 100;
        var sum = new RowMajor(changes.Rows, changes.Columns);
        ChangeSpectrum[] spectra = new ChangeSpectrum[changes.Count];
        for (var i = 0; i < spectra.Length; i++)
        {
            var vectors = changes.Decomposed(i);
            spectra[i] = new ChangeSpectrum(vectors, changes.Share(vectors));
            Add(vectors, spectra[i], share, changes, sum);
        }

        int[] ranks = [.. spectra.Select(spectrum => spectrum.NuclearRank(share))];
        return changes.Merged(sum, new MergeFacts("truncated_average")
        {
            PerModel =
            [
                new("kept_rank", changes.PerInput([.. ranks.Select(rank => (double)rank)])),
                new("kept_energy", changes.PerInput([.. spectra.Zip(ranks, (spectrum, rank) => spectrum.KeptEnergy(rank))])),
                new("effective_rank", changes.PerInput([.. spectra.Select(spectrum => spectrum.EffectiveRank)])),
            ],
        });
    }

    /// <inheritdoc/>
    protected override long Doubles(long rows, long columns, int models) => ((models + 3) * rows * columns) + SingularVectors.Doubles(rows, columns);

    /// <summary>sum := sum + D' / T</summary>
    private static void Add(SingularVectors vectors, ChangeSpectrum spectrum, double share, TaskChanges changes, RowMajor sum)
    {
        double[] kept = spectrum.Values[..spectrum.NuclearRank(share)];
        if (kept.Length == 0)
        {
            return;
        }

        var restored = spectrum.Nuclear / kept.Sum() / changes.Count;
        vectors.AddProduct(Array.ConvertAll(kept, value => value * restored), sum, changes.Execution);
    }
}
