namespace Eigenscope.Transforms;

/// <summary>
/// Every element of the base moves toward that of the other model, by <c>t</c> at most: a + clip(b - a, -t, t).
/// </summary>
/// <remarks>mergekit computes a + clip(t / max(|a - b|, 1e-6), 0, 1) (b - a), which is the same unless t is below 1e-6; <c>variant: mergekit</c> does so too.</remarks>
internal sealed class NearswapMethod : MergeMethod
{
    private const double MergekitFloor = 1e-6;

    /// <inheritdoc/>
    public override string Name => "nearswap";

    /// <inheritdoc/>
    public override string Meaning => "every element moves from the base toward another model, by t at most";

    /// <inheritdoc/>
    public override int MostModels => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new("t", ParameterKind.Number, null, "how far an element moves at most") { Least = 0 },
        CommonParameters.Lambda,
        CommonParameters.Variant(CommonParameters.Mergekit),
    ];

    /// <inheritdoc/>
    public override ITensorMerge Begin(MergeTask task) => new Merging(task, task.OtherThanBase());

    private sealed class Merging(MergeTask task, int other) : ITensorMerge
    {
        private readonly double most = task.Parameters.Number("t");
        private readonly double factor = task.Parameters.Number("lambda");
        private readonly double floor = task.Parameters.Is(CommonParameters.Mergekit) ? MergekitFloor : 0;
        private readonly int[] reached = new int[task.Blocks];

        public MergeFacts Facts => new("limited_change") { Values = [new("share_reached", reached.Sum(count => (long)count) / (double)task.Count)] };

        public void Merge(MergeBlock block, Span<double> to)
        {
            ReadOnlySpan<double> from = block.Base, toward = block.Model(other);
            var all = 0;
            for (var i = 0; i < to.Length; i++)
            {
                var change = toward[i] - from[i];
                var size = Math.Max(Math.Abs(change), floor);
                var whole = size <= most;
                to[i] = from[i] + (factor * (whole ? change : change * (most / size)));
                all += whole ? 1 : 0;
            }

            reached[block.Index] = all;
        }

        public void Dispose()
        {
        }
    }
}
