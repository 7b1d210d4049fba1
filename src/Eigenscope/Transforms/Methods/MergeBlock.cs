using System.Buffers;

namespace Eigenscope.Transforms;

/// <summary>Consecutive elements of a tensor, of the base and of every model.</summary>
/// <param name="index">Its place among the blocks of the tensor.</param>
/// <param name="first">The index of its first element.</param>
/// <param name="count">Its elements.</param>
/// <param name="hasBase">True where there is a base.</param>
/// <param name="models">The number of models.</param>
/// <remarks>Its memory is lent: it is given back when the block is disposed of.</remarks>
internal sealed class MergeBlock(int index, long first, int count, bool hasBase, int models) : IDisposable
{
    private readonly double[] values = ArrayPool<double>.Shared.Rent(checked(count * ((hasBase ? 1 : 0) + models)));

    /// <summary>Its place among the blocks of the tensor, from 0.</summary>
    public int Index => index;

    /// <summary>The index of its first element in the tensor.</summary>
    public long First => first;

    /// <summary>Its elements.</summary>
    public int Count => count;

    /// <summary>The elements of the base; empty where there is none.</summary>
    public Span<double> Base => hasBase ? values.AsSpan(0, count) : [];

    /// <summary>The elements of a model, in the order of <see cref="MergeTask.Inputs"/>.</summary>
    public Span<double> Model(int model) => values.AsSpan(((hasBase ? 1 : 0) + model) * count, count);

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<double>.Shared.Return(values);
}
