namespace Eigenscope.Transforms;

/// <summary>Elements in memory.</summary>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Values">The elements in row-major order; not copied.</param>
internal sealed record ArrayElements(IReadOnlyList<long> Shape, double[] Values) : IElements
{
    /// <inheritdoc/>
    public void Read(long first, Span<double> to) => Values.AsSpan(checked((int)first), to.Length).CopyTo(to);
}
