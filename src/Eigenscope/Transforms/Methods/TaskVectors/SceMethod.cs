using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>
/// SCE (Wan et al. 2024): of the changes D_i the elements are selected whose variance over the models is largest, int(select_topk n) of the n where it is not zero; w_i is the share of D_i in the sum of squares of
/// what is selected; then signs are elected by the sum of the D_i, and those of the elected sign averaged by w_i.
/// </summary>
/// <remarks>
/// Of equal variances those with the lowest index are selected, and at least one. A single model has no variances and is selected whole. mergekit divides by 1e-6 where the weights that are added are less, so that
/// a model with a small change is left out where it is alone; <c>variant: mergekit</c> does so too, and <c>default</c> divides by what they are.
/// </remarks>
internal sealed class SceMethod : MergeMethod
{
    private const double MergekitLeastDivisor = 1e-6;

    /// <inheritdoc/>
    public override string Name => "sce";

    /// <inheritdoc/>
    public override string Meaning => "changes that vary most between the models, of the elected sign, averaged by their energy";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("select_topk", ParameterKind.Number, 1.0, "the share of the elements that is selected, of those that vary between the models") { Least = 0, Most = 1 },
        CommonParameters.Lambda,
        CommonParameters.Int8Mask,
        CommonParameters.Variant(CommonParameters.Mergekit),
    ];

    /// <inheritdoc/>
    public override long Bytes(IReadOnlyList<long> shape, int models, TensorParameters parameters) => MagnitudeSearch.Bytes(Environment.ProcessorCount) + TaskVectorFacts.Bytes(shape, models);

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var models = task.Tasks;
        var selection = Selection(task, models);
        var energies = task.Sum(new double[models.Count], block => Energies(block, models, selection), (x, y) => [.. x.Zip(y, (a, b) => a + b)]);
        var total = energies.Sum();
        var weights = Array.ConvertAll(energies, energy => total > 0 ? energy / total : 1.0 / models.Count);
        var election = new SignElection([.. models.Select(_ => 1.0)], weights, weights)
        {
            LeastDivisor = task.Parameters.Is(CommonParameters.Mergekit) ? MergekitLeastDivisor : double.NegativeInfinity,
        };
        return new TaskVectorMerge(task, [.. models.Select((model, i) => new TaskVector(model, weights[i], selection))], election, 1, "elected_average");
    }

    private static IElementSelection Selection(MergeTask task, IReadOnlyList<int> models)
    {
        var share = task.Parameters.Number("select_topk");
        if (share >= 1 || models.Count < 2)
        {
            return new EveryElement();
        }

        var varying = task.Sum(0L, block => Varying(block, models), (x, y) => x + y);
        var leading = new LeadingElements(share > 0 && varying > 0 ? Math.Max(1, (long)(share * varying)) : 0, task.Count);
        MagnitudePasses.Run(task, [new RankedNumbers((_, block, to) => Variances(block, models, to), leading.Searches)]);
        leading.Settle(task.Blocks);
        return new VaryingElements(models, leading);
    }

    private static int Varying(MergeBlock block, IReadOnlyList<int> models)
    {
        using var scratch = new MergeScratch(block.Count);
        Variances(block, models, scratch.Values);
        return BlockOperations.CountNonzero(scratch.Values);
    }

    private static void Variances(MergeBlock block, IReadOnlyList<int> models, Span<double> to)
    {
        using var scratch = new MergeScratch(2 * block.Count);
        Span<double> mean = scratch.Part(0, block.Count), change = scratch.Part(1, block.Count);
        mean.Clear();
        to.Clear();
        foreach (var model in models)
        {
            BlockOperations.Subtract(block.Model(model), block.Base, change);
            SpanSums.Add(change, mean);
        }

        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] /= models.Count;
        }

        foreach (var model in models)
        {
            BlockOperations.Subtract(block.Model(model), block.Base, change);
            BlockOperations.Subtract(change, mean, change);
            SpanSums.AddProduct(change, change, to);
        }
    }

    private static double[] Energies(MergeBlock block, IReadOnlyList<int> models, IElementSelection selection)
    {
        using var scratch = new MergeScratch(block.Count);
        var energies = new double[models.Count];
        for (var i = 0; i < models.Count; i++)
        {
            new TaskVector(models[i], 1, selection).Read(block, scratch.Values);
            energies[i] = Lanes.Dot(scratch.Values, scratch.Values);
        }

        return energies;
    }

    /// <summary>Those whose variance over the models is among the largest.</summary>
    private sealed class VaryingElements(IReadOnlyList<int> models, LeadingElements leading) : IElementSelection
    {
        public void Apply(MergeBlock block, Span<double> change)
        {
            using var scratch = new MergeScratch(block.Count);
            Variances(block, models, scratch.Values);
            leading.Keep(block.Index, scratch.Values, change);
        }
    }
}
