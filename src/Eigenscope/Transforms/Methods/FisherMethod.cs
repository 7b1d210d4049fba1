namespace Eigenscope.Transforms;

/// <summary>
/// Fisher-weighted average (Matena and Raffel 2022): sum_i w_i F_i W_i / sum_i w_i F_i, element by element, where F_i is the Fisher information of the model's elements, E[(d log p / dW)^2], at least 1e-6.
/// The second moment of Adam may stand for it. The base counts where it is listed.
/// </summary>
internal sealed class FisherMethod : MergeMethod
{
    private const double Floor = 1e-6;

    /// <inheritdoc/>
    public override string Name => "fisher";

    /// <inheritdoc/>
    public override string Meaning => "average of the models, element by element weighted with their Fisher information";

    /// <inheritdoc/>
    public override BaseUse Base => BaseUse.Optional;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
        [CommonParameters.Weight with { Default = 1.0, Least = 0 }];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task)
    {
        if (task.Statistics.Count != task.Inputs.Count)
        {
            throw new MergeException(task.Name, $"fisher needs the Fisher information of {task.Inputs.Count} models and has that of {task.Statistics.Count}");
        }

        var weights = task.Inputs.Select(input => input.Parameters.Number("weight")).ToArray();
        return weights.Any(w => w > 0) ? new Merging(task, weights) : throw new MergeException(task.Name, "fisher needs a weight above 0");
    }

    private sealed class Merging(MergeTask task, double[] weights) : ITensorMerge
    {
        public MergeFacts Facts { get; } = new("fisher_average");

        public void Merge(MergeBlock block, Span<double> to)
        {
            using var scratch = new MergeScratch(2 * block.Count);
            Span<double> information = scratch.Part(0, block.Count), total = scratch.Part(1, block.Count);
            to.Clear();
            total.Clear();
            for (var model = 0; model < weights.Length; model++)
            {
                if (weights[model] != 0)
                {
                    task.Statistics[model].Read(block.First, information);
                    Add(weights[model], information, block.Model(model), to, total);
                }
            }

            for (var i = 0; i < to.Length; i++)
            {
                to[i] /= total[i];
            }
        }

        public void Dispose()
        {
        }

        private static void Add(double weight, ReadOnlySpan<double> information, ReadOnlySpan<double> model, Span<double> to, Span<double> total)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var w = weight * Math.Max(information[i], Floor);
                to[i] += w * model[i];
                total[i] += w;
            }
        }
    }
}
