using System.Globalization;
using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Transforms;

/// <summary>
/// Averages changes that agree, by the spread of their effective ranks and the overlap of their subspaces; all others are merged within the smallest subspace in which each keeps most of its energy,
/// and the sum of the singular values that they lose against each other is restored.
/// </summary>
/// <remarks>
/// The thresholds are conventions. Averaging: dispersion &lt;= tau and overlap &gt;= omega (<see cref="ChangeAgreement"/>). Otherwise <see cref="SharedSubspace"/> with kappa, the merged core
/// C = sum_i w_i C_i, and the gain g = min(sum_i w_i |D_i|_* / |C|_*, g_max). With blend smooth both results are mixed near the thresholds, so that nothing jumps.
/// </remarks>
internal sealed class SpectralAwareMethod : SpectralMethod
{
    private const string Tau = "tau", Omega = "omega", Kappa = "kappa", MostGain = "g_max", Blend = "blend", CoreMerge = "core", Density = "density", Smooth = "smooth", Ties = "ties", Triplets = "tsv_m";

    /// <summary>A change that is shorter than this share of the base is none.</summary>
    private const double Live = 1e-12;

    /// <inheritdoc/>
    public override string Name => "spectral_aware";

    /// <inheritdoc/>
    public override string Meaning => "averages changes that agree, merges others in the subspace that they share";

    /// <inheritdoc/>
    protected override bool HasWeights => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterDefinition> Own =>
    [
        new(Tau, ParameterKind.Number, 0.1, "the largest spread of ln effective ranks that is averaged") { Least = 0 },
        new(Omega, ParameterKind.Number, 0.5, "the least overlap of subspaces that is averaged") { Least = 0, Most = 1 },
        new(Kappa, ParameterKind.Number, 0.95, "the share of its energy that every change keeps in the subspace") { Least = 0, Most = 1 },
        new(MostGain, ParameterKind.Number, 2.0, "the most that the merged change is scaled by") { Least = 0 },
        new(Blend, ParameterKind.Word, "hard", "whether one way or the other is taken, or both mixed near the thresholds") { Words = ["hard", Smooth] },
        new(CoreMerge, ParameterKind.Word, "average", "how changes are merged within the subspace") { Words = ["average", Ties, Triplets] },
        new(Density, ParameterKind.Number, 0.2, "the share of the elements of a change that ties keeps") { Least = 0, Most = 1 },
    ];

    /// <inheritdoc/>
    protected override ITensorMerge Merged(TaskChanges changes)
    {
        var least = Live * BaseNorm(changes.Task);
        int[] live = [.. Enumerable.Range(0, changes.Count).Where(i => changes.Dense(i).Norm() > least)];
        if (live.Length < 2)
        {
            return new AverageMerge(changes.Task, changes.Weights, new MergeFacts("weighted_average", $"{live.Length} of {changes.Count} models differ from the base"));
        }

        double[] weights = [.. live.Select(changes.Weight)];
        SingularVectors[] decomposed = [.. live.Select(changes.Decomposed)];
        if (Array.Exists(decomposed, vectors => vectors.Rank(changes.Share(vectors)) == 0))
        {
            return new AverageMerge(changes.Task, changes.Weights, new MergeFacts("weighted_average", "a change is no larger than the rounding errors of its type"));
        }

        var agreement = ChangeAgreement.Of(decomposed, weights, changes.Share, changes.Execution);
        var averaged = Averaged(agreement, changes.Task.Parameters);
        var facts = Facts(changes, live, agreement, averaged);
        return averaged == 1
            ? changes.Merged(Average(changes), facts)
            : Projected(changes, live, weights, agreement, averaged, facts);
    }

    /// <inheritdoc/>
    protected override long Doubles(long rows, long columns, int models)
    {
        var smaller = Math.Min(rows, columns);
        return (((2 * models) + 3) * rows * columns) + (models * smaller * (rows + columns + smaller)) + SingularVectors.Doubles(Math.Max(rows, columns) * models, smaller);
    }

    private static double BaseNorm(MergeTask task) => Math.Sqrt(task.Sum(0.0, block => Lanes.Dot(block.Base, block.Base), (a, b) => a + b));

    private static RowMajor Average(TaskChanges changes) => changes.Sum([.. Enumerable.Range(0, changes.Count).Select(changes.Weight)]);

    /// <summary>The share of the average in the result: 1 where changes agree, 0 where not, and between them near a threshold if so wanted.</summary>
    private static double Averaged(ChangeAgreement agreement, TensorParameters parameters)
    {
        var (tau, omega) = (parameters.Number(Tau), parameters.Number(Omega));
        if (parameters.Word(Blend) != Smooth)
        {
            return agreement.Dispersion <= tau && agreement.Overlap >= omega ? 1 : 0;
        }

        return Step(tau - agreement.Dispersion, tau / 2) * Step(agreement.Overlap - omega, Math.Min(omega, 1 - omega) / 2);
    }

    /// <summary>From 0 at -<paramref name="width"/> to 1 at it, by 3 t^2 - 2 t^3; a plain step for no width.</summary>
    private static double Step(double margin, double width)
    {
        if (width == 0)
        {
            return margin >= 0 ? 1 : 0;
        }

        var t = Math.Clamp((margin + width) / (2 * width), 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static ITensorMerge Projected(TaskChanges changes, int[] live, double[] weights, ChangeAgreement agreement, double averaged, MergeFacts facts)
    {
        var parameters = changes.Task.Parameters;
        var subspace = new SharedSubspace([.. live.Select(changes.Dense)], weights, parameters.Number(Kappa), changes.Execution);
        var core = Core(subspace.Cores(), weights, parameters, changes);
        var (wanted, has) = (agreement.Spectra.Select((spectrum, i) => weights[i] * spectrum.Nuclear).Sum(), SingularVectors.Of(core, changes.Execution).Values.Sum());
        var isCapped = wanted > parameters.Number(MostGain) * has;
        var gain = isCapped ? parameters.Number(MostGain) : wanted / has;
        var change = subspace.Outside(core, changes.Execution);
        BlockOperations.Scale(gain * (1 - averaged), change.Elements);
        if (averaged > 0)
        {
            SpanSums.AddScaled(averaged, Average(changes).Elements, change.Elements);
        }

        return changes.Merged(change, facts with
        {
            Values = [.. facts.Values, new("shared_rank", subspace.Rank), new("nuclear_gain", gain), new("nuclear_gain_capped", isCapped ? 1 : 0)],
            PerModel = [.. facts.PerModel, new("kept_energy", PerInput(changes, live, subspace.KeptEnergy))],
            Warnings = subspace.IsCapped ? [$"all {subspace.Rank} shared directions together keep less than {Text(parameters.Number(Kappa))} of a change"] : [],
        });
    }

    private static RowMajor Core(RowMajor[] cores, double[] weights, TensorParameters parameters, TaskChanges changes)
    {
        if (parameters.Word(CoreMerge) == Ties)
        {
            return ElectedMean.Of(cores, weights, parameters.Number(Density));
        }

        for (var i = 0; i < cores.Length; i++)
        {
            BlockOperations.Scale(weights[i], cores[i].Elements);
        }

        if (parameters.Word(CoreMerge) == Triplets)
        {
            SingularVectors[] decomposed = [.. cores.Select(core => SingularVectors.Of(core, changes.Execution))];
            var each = Math.Max(1, cores[0].Rows / cores.Length);
            return TaskSingularVectorsMethod.Add(decomposed, [.. decomposed.Select(vectors => Math.Min(each, vectors.Rank(changes.Share(vectors))))], !changes.IsPaper, changes.Execution).Sum;
        }

        foreach (var core in cores.Skip(1))
        {
            SpanSums.Add(core.Elements, cores[0].Elements);
        }

        return cores[0];
    }

    private static MergeFacts Facts(TaskChanges changes, int[] live, ChangeAgreement agreement, double averaged)
    {
        var route = averaged == 1 ? "weighted_average" : averaged == 0 ? "shared_subspace" : "blend";
        var (tau, omega) = (changes.Task.Parameters.Number(Tau), changes.Task.Parameters.Number(Omega));
        return new MergeFacts(route, $"dispersion {Text(agreement.Dispersion)} (tau {Text(tau)}), overlap {Text(agreement.Overlap)} (omega {Text(omega)})")
        {
            Values = [new("dispersion", agreement.Dispersion), new("rank_variance", agreement.RankVariance), new("overlap", agreement.Overlap), new("averaged_share", averaged)],
            PerModel =
            [
                new("effective_rank", PerInput(changes, live, [.. agreement.Spectra.Select(spectrum => spectrum.EffectiveRank)])),
                new("energy_rank", PerInput(changes, live, [.. agreement.EnergyRanks.Select(rank => (double)rank)])),
            ],
        };
    }

    private static double[] PerInput(TaskChanges changes, int[] live, double[] numbers)
    {
        double[] all = [.. Enumerable.Repeat(double.NaN, changes.Count)];
        for (var i = 0; i < live.Length; i++)
        {
            all[live[i]] = numbers[i];
        }

        return changes.PerInput(all);
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
