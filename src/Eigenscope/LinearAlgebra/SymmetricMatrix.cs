namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A symmetric matrix of which the lower triangle counts, column-major: element (i, j), i &gt;= j, lies at
/// <c>Values[j * Stride + i]</c>. The stride is the order rounded up to <see cref="Alignment"/> and the rest is zero, so that kernels
/// need no edge cases; what lies above the diagonal is theirs to overwrite.
/// </summary>
internal sealed unsafe class SymmetricMatrix : IDisposable
{
    /// <summary>A multiple of the tile height of every vector width and of the eight lanes of the reductions.</summary>
    public const int Alignment = 24;

    private readonly AlignedBuffer buffer;

    public SymmetricMatrix(int order)
    {
        Order = order;
        Stride = Padded(order);
        buffer = new AlignedBuffer((long)Stride * Stride);
    }

    public int Order { get; }

    public int Stride { get; }

    public double* Values => buffer.Pointer;

    public ref double this[int i, int j] => ref Values[((long)j * Stride) + i];

    /// <summary>A length rounded up to the alignment.</summary>
    public static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    public void Clear() => buffer.Clear();

    public void Dispose() => buffer.Dispose();
}
