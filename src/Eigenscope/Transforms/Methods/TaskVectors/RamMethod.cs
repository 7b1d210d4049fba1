namespace Eigenscope.Transforms;

/// <summary>
/// RAM: an element counts as changed where |D_i| > epsilon. What one model alone changes is added whole, what several change is averaged over these. RAM+ multiplies what model i alone changes by
/// 1 + r clip(shared_i / unique_i, 0, alpha), where shared_i and unique_i are the numbers of elements that it changes with others and alone.
/// </summary>
/// <param name="plus">True for RAM+.</param>
internal sealed class RamMethod(bool plus) : MergeMethod
{
    /// <inheritdoc/>
    public override string Name => plus ? "ramplus_tl" : "ram";

    /// <inheritdoc/>
    public override string Meaning => plus ? "changes of one model alone added and strengthened, shared ones averaged" : "changes of one model alone added, shared ones averaged";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("epsilon", ParameterKind.Number, 1e-5, "the magnitude above which an element counts as changed") { Least = 0 },
        .. plus ? Strengthening : [],
        CommonParameters.Lambda,
    ];

    private static ParameterDefinition[] Strengthening =>
    [
        new("r", ParameterKind.Number, 0.1, "how far the overlap strengthens what a model changes alone"),
        new("alpha", ParameterKind.Number, 0.2, "the largest overlap that counts") { Least = 0 },
    ];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        var models = task.Tasks;
        var epsilon = task.Parameters.Number("epsilon");
        var counts = task.Sum(new long[2 * models.Count], block => Counts(block, models, epsilon), (x, y) => [.. x.Zip(y, (a, b) => a + b)]);
        return new Merging(task, models, epsilon, counts, [.. models.Select((_, i) => plus ? Strength(task.Parameters, counts[2 * i], counts[(2 * i) + 1]) : 1)]);
    }

    private static double Strength(TensorParameters parameters, long unique, long shared)
    {
        var most = parameters.Number("alpha");
        return 1 + (parameters.Number("r") * (unique == 0 ? most : Math.Min((double)shared / unique, most)));
    }

    /// <summary>The elements that each model changes alone, and those that it changes with others.</summary>
    private static long[] Counts(MergeBlock block, IReadOnlyList<int> models, double epsilon)
    {
        using var scratch = new MergeScratch(block.Count);
        var changing = scratch.Values;
        Changing(block, models, epsilon, changing);
        var counts = new long[2 * models.Count];
        for (var model = 0; model < models.Count; model++)
        {
            Span<double> x = block.Model(models[model]), y = block.Base;
            for (var i = 0; i < x.Length; i++)
            {
                counts[(2 * model) + (changing[i] > 1 ? 1 : 0)] += Math.Abs(x[i] - y[i]) > epsilon ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>How many models change each element.</summary>
    private static void Changing(MergeBlock block, IReadOnlyList<int> models, double epsilon, Span<double> to)
    {
        to.Clear();
        foreach (var model in models)
        {
            Span<double> x = block.Model(model), y = block.Base;
            for (var i = 0; i < to.Length; i++)
            {
                to[i] += Math.Abs(x[i] - y[i]) > epsilon ? 1 : 0;
            }
        }
    }

    private sealed class Merging(MergeTask task, IReadOnlyList<int> models, double epsilon, long[] counts, double[] strengths) : ITensorMerge
    {
        private readonly double lambda = task.Parameters.Number("lambda");

        public MergeFacts Facts => new("unique_and_shared")
        {
            PerModel = [new("unique", OfInputs(i => counts[2 * i] / (double)task.Count)), new("shared", OfInputs(i => counts[(2 * i) + 1] / (double)task.Count)), new("strength", OfInputs(i => strengths[i]))],
        };

        public void Merge(MergeBlock block, Span<double> to)
        {
            using var scratch = new MergeScratch(2 * block.Count);
            Span<double> changing = scratch.Part(0, block.Count), sum = scratch.Part(1, block.Count);
            Changing(block, models, epsilon, changing);
            sum.Clear();
            for (var model = 0; model < models.Count; model++)
            {
                Add(block.Model(models[model]), block.Base, strengths[model], changing, sum);
            }

            BlockOperations.AddScaled(lambda, sum, block.Base, to);
        }

        public void Dispose()
        {
        }

        private void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double strength, ReadOnlySpan<double> changing, Span<double> sum)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                var change = x[i] - y[i];
                if (Math.Abs(change) > epsilon)
                {
                    sum[i] += changing[i] > 1 ? change / changing[i] : strength * change;
                }
            }
        }

        private double[] OfInputs(Func<int, double> number)
        {
            var all = new double[task.Inputs.Count];
            Array.Fill(all, double.NaN);
            for (var i = 0; i < models.Count; i++)
            {
                all[models[i]] = number(i);
            }

            return all;
        }
    }
}
