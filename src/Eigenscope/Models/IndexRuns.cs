namespace Eigenscope.Models;

/// <summary>Some of the indices of a matrix's rows or columns: runs of equal length that begin at equal distances.</summary>
/// <param name="Start">The first index.</param>
/// <param name="Length">How many indices there are in all, a multiple of <paramref name="Run"/>.</param>
/// <param name="Run">How many follow one another.</param>
/// <param name="Period">The distance from the beginning of one run to that of the next.</param>
public readonly record struct IndexRuns(long Start, long Length, long Run, long Period)
{
    /// <summary>Indices that all follow one another.</summary>
    public IndexRuns(long start, long length)
        : this(start, length, length, length)
    {
    }

    /// <summary>The index in the whole of index k of the part.</summary>
    public long this[long k] => Start + (k / Run * Period) + (k % Run);

    /// <summary>The distance of neighbours, where it is the same throughout; else null.</summary>
    public long? Step => Run == Length || Run == Period ? 1 : Run == 1 ? Period : null;

    /// <summary>A part of the part that follows one another; it must lie within one run.</summary>
    public IndexRuns Slice(long start, long length) => new(this[start], length);
}
