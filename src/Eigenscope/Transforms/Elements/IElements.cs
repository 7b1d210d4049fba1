namespace Eigenscope.Transforms;

/// <summary>The elements of a tensor as a merge reads them: in row-major order, widened to float64, by several threads at once.</summary>
internal interface IElements
{
    /// <summary>The length of each axis; empty for a scalar.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Reads consecutive elements.</summary>
    /// <param name="first">The index of the first of them, in row-major order.</param>
    /// <param name="to">Where they go.</param>
    /// <exception cref="Models.ModelFormatException">The file ends before them, or what is stored is broken.</exception>
    void Read(long first, Span<double> to);
}
