using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms.Running;

/// <summary>The simplest method there is, to test what surrounds methods.</summary>
internal sealed class AverageOfChanges : MergeMethod
{
    public static readonly AverageOfChanges Instance = new();

    public override string Name => "average_of_changes";

    public override string Meaning => "adds the mean of the changes to the base";

    public override IReadOnlyList<ParameterDefinition> Parameters => [];

    public override ITensorMerge Begin(MergeTask task) => new Merge(task);

    private sealed class Merge(MergeTask task) : ITensorMerge
    {
        public MergeFacts Facts => new("average");

        void ITensorMerge.Merge(MergeBlock block, Span<double> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var sum = 0.0;
                foreach (var k in task.Tasks)
                {
                    sum += block.Model(k)[i] - block.Base[i];
                }

                to[i] = block.Base[i] + (sum / task.Tasks.Count);
            }
        }

        public void Dispose()
        {
        }
    }
}
