namespace Eigenscope.Transforms;

/// <summary>A tensor that keeps its elements, and is stored in another type.</summary>
internal sealed class UnchangedMerge : ITensorMerge
{
    /// <inheritdoc/>
    public MergeFacts Facts { get; } = new("converted");

    /// <inheritdoc/>
    public void Merge(MergeBlock block, Span<double> to) => block.Model(0).CopyTo(to);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
