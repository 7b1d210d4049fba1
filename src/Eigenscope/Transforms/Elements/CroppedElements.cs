namespace Eigenscope.Transforms;

/// <summary>The leading part of a larger tensor, such as the first rows of an embedding that has more.</summary>
/// <param name="whole">The larger tensor.</param>
/// <param name="shape">The shape of the part: as many axes, none longer.</param>
internal sealed class CroppedElements(IElements whole, IReadOnlyList<long> shape) : IElements
{
    /// <inheritdoc/>
    public IReadOnlyList<long> Shape => shape;

    /// <inheritdoc/>
    public void Read(long first, Span<double> to)
    {
        for (var done = 0; done < to.Length;)
        {
            var (place, run) = Locate(first + done);
            var count = (int)Math.Min(run, to.Length - done);
            whole.Read(place, to.Slice(done, count));
            done += count;
        }
    }

    /// <summary>Where an element lies in the whole, and how many follow it there as here.</summary>
    private (long Place, long Run) Locate(long index)
    {
        var (place, step, run) = (0L, 1L, shape[^1] - (index % shape[^1]));
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            place += index % shape[axis] * step;
            index /= shape[axis];
            step *= whole.Shape[axis];
        }

        return (place, run);
    }
}
