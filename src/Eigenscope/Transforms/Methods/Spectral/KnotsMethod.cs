using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>
/// KnOTS (Stoica, Ramesh, Ecsedi, Choshen and Hoffman 2025): one singular value decomposition of all changes side by side, [D_1 | ... | D_T] = U S [V_1^T | ... | V_T^T]; the coordinates S V_i^T of
/// the changes in the basis U that they share are merged, and taken back.
/// </summary>
/// <remarks>Singular values up to 1e-5 are dropped, whatever the scale of the changes, as published.</remarks>
internal sealed class KnotsMethod : SpectralMethod
{
    private const double Dropped = 1e-5;
    private const string Merge = "merge", Density = "density", Ties = "ties";

    /// <inheritdoc/>
    public override string Name => "knots";

    /// <inheritdoc/>
    public override string Meaning => "merges the coordinates of the changes in one basis that they share";

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterDefinition> Own =>
    [
        new(Merge, ParameterKind.Word, Ties, "how coordinates are merged: their sum, or the mean of the largest that agree in sign") { Words = ["task_arithmetic", Ties] },
        new(Density, ParameterKind.Number, 0.2, "the share of the coordinates of a model that ties keeps") { Least = 0, Most = 1 },
    ];

    /// <inheritdoc/>
    protected override ITensorMerge Merged(TaskChanges changes)
    {
        var vectors = changes.DecomposedTogether();
        var spectrum = new ChangeSpectrum(vectors, changes.Share(vectors));
        var rank = spectrum.Values.Count(value => value > Dropped);
        if (rank == 0)
        {
            return changes.Merged(new RowMajor(changes.Rows, changes.Columns), new MergeFacts("shared_basis", "no singular value is above 1e-5") { Values = [new("shared_rank", 0)] });
        }

        RowMajor[] coordinates = [.. Enumerable.Range(0, changes.Count).Select(i => Coordinates(vectors, rank, i, changes.Columns))];
        double[] kept = [.. coordinates.Select(matrix => matrix.Norm())];
        var merged = changes.Task.Parameters.Word(Merge) == Ties
            ? ElectedMean.Of(coordinates, [.. coordinates.Select(_ => 1.0)], changes.Task.Parameters.Number(Density))
            : Sum(coordinates);
        var change = new RowMajor(changes.Rows, changes.Columns);
        RowProduct.Of(vectors.Left.View.Part(0, 0, rank, changes.Rows).Transposed, merged.View, change.View, TileKernel.Update.Set, changes.Execution);
        return changes.Merged(change, new MergeFacts("shared_basis")
        {
            Values = [new("shared_rank", rank), new("effective_rank", spectrum.EffectiveRank)],
            PerModel = [new("norm_in_basis", changes.PerInput(kept))],
        });
    }

    /// <inheritdoc/>
    protected override long Doubles(long rows, long columns, int models) => (((2 * models) + 2) * rows * columns) + (2 * models * Math.Min(rows, columns * models) * columns) + SingularVectors.Doubles(rows, columns * models);

    /// <summary>S V_i^T.</summary>
    private static RowMajor Coordinates(SingularVectors vectors, int rank, int model, int columns)
    {
        var coordinates = new RowMajor(rank, columns);
        for (var k = 0; k < rank; k++)
        {
            var row = coordinates.Row(k);
            vectors.Right.Row(k).Slice(model * columns, columns).CopyTo(row);
            foreach (ref var value in row)
            {
                value *= vectors.Values[k];
            }
        }

        return coordinates;
    }

    private static RowMajor Sum(RowMajor[] matrices)
    {
        var sum = new RowMajor(matrices[0].Rows, matrices[0].Columns);
        foreach (var matrix in matrices)
        {
            for (var k = 0; k < sum.Count; k++)
            {
                sum.Values[k] += matrix.Values[k];
            }
        }

        return sum;
    }
}
