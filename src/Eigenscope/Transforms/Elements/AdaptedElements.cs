using Eigenscope.LinearAlgebra;

namespace Eigenscope.Transforms;

/// <summary>A weight with what an adapter adds to it: W + s B A, computed as it is read.</summary>
/// <param name="weight">W, seen as a matrix of its first axis and all others.</param>
/// <param name="change">s B A.</param>
internal sealed class AdaptedElements(IElements weight, IMatrix change) : IElements
{
    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => weight.Shape;

    /// <inheritdoc/>
    public void Read(long first, Span<double> to)
    {
        weight.Read(first, to);
        var row = new double[change.Columns];
        for (var done = 0; done < to.Length;)
        {
            var (i, j) = ((int)((first + done) / change.Columns), (int)((first + done) % change.Columns));
            var count = Math.Min(change.Columns - j, to.Length - done);
            change.Read(i, j, 1, count, row, count);
            SpanSums.Add(row.AsSpan(0, count), to.Slice(done, count));
            done += count;
        }
    }
}
