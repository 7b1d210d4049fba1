namespace Eigenscope.Models;

/// <summary>
/// Some axes of a tensor taken together as one, in row-major order: index k stands for the element
/// <c>k_1 * stride_1 + k_2 * stride_2 + ...</c> from the start, where k_1, k_2, ... are the digits of k in the sizes of the axes.
/// </summary>
internal sealed class AxisGroup
{
    private readonly int[] axes;
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly IndexRuns? runs;

    private AxisGroup(AxisGroup whole, IndexRuns runs)
    {
        (axes, sizes, strides, this.runs) = (whole.axes, whole.sizes, whole.strides, runs);
        Count = runs.Length;
        Stride = whole.Stride * runs.Step;
        First = whole.OffsetOf(runs.Start);
    }

    public AxisGroup(Tensor tensor, params ReadOnlySpan<int> axes)
    {
        this.axes = axes.ToArray();
        sizes = Array.ConvertAll(this.axes, axis => tensor.Shape[axis]);
        strides = Array.ConvertAll(this.axes, axis => tensor.Strides[axis]);
        Count = sizes.Aggregate(1L, (product, size) => checked(product * size));
        Stride = UniformStride();
    }

    /// <summary>The number of indices.</summary>
    public long Count { get; }

    /// <summary>The distance of consecutive indices, where it is the same throughout; else null.</summary>
    public long? Stride { get; }

    /// <summary>The distance of index 0 from the beginning of the axes.</summary>
    public long First { get; }

    /// <summary>Some of the indices, as a group of their own.</summary>
    public AxisGroup Select(IndexRuns chosen) => runs is null ? new AxisGroup(this, chosen) : throw new InvalidOperationException("a part of a part is not cut again");

    /// <summary>The distance of index k from index 0, in elements.</summary>
    public long Offset(long k) => Stride is { } step ? k * step : OffsetOf(runs?[k] ?? k) - First;

    private long OffsetOf(long k)
    {
        var offset = 0L;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            (k, var digit) = Math.DivRem(k, sizes[axis]);
            offset += digit * strides[axis];
        }

        return offset;
    }

    /// <summary>Sets the digits of index k in the full index of the tensor.</summary>
    public void Unravel(long k, long[] index)
    {
        k = runs?[k] ?? k;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            (k, index[axes[axis]]) = Math.DivRem(k, sizes[axis]);
        }
    }

    private long? UniformStride()
    {
        var kept = Enumerable.Range(0, sizes.Length).Where(axis => sizes[axis] != 1).ToList();
        for (var i = 1; i < kept.Count; i++)
        {
            if (strides[kept[i - 1]] != strides[kept[i]] * sizes[kept[i]])
            {
                return null;
            }
        }

        return kept.Count == 0 ? 0 : strides[kept[^1]];
    }
}
