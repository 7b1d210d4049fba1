namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The lower triangle of a symmetric band matrix with room for the bulge below it: column j holds rows j to j + 2 Width - 1 one after another, columns lie
/// <see cref="Stride"/> apart, so that a dense block of it is a column-major matrix of stride <c>Stride - 1</c>.
/// </summary>
/// <remarks>
/// Eight zeros lie before every column and as many zero columns as a reflector reaches lie after the last, so that kernels need no edge cases.
/// </remarks>
internal sealed unsafe class SymmetricBand : IDisposable
{
    private readonly AlignedBuffer buffer;

    public SymmetricBand(int order, int width)
    {
        (Order, Width, Stride) = (order, width, (2 * width) + Lanes.Count);
        buffer = new AlignedBuffer(Lanes.Count + ((long)(order + (2 * width)) * Stride));
    }

    public int Order { get; }

    /// <summary>Diagonals below the main one that the band has, a multiple of 24.</summary>
    public int Width { get; }

    public int Stride { get; }

    /// <summary>Where element (i, j) lies, j &lt;= i.</summary>
    public double* At(int i, int j) => buffer.Pointer + Lanes.Count + ((nint)j * Stride) + (i - j);

    /// <summary>
    /// The band that <see cref="BandReduction"/> leaves: the diagonal blocks of order <paramref name="width"/>, and the upper triangles of the blocks below them.
    /// </summary>
    public static SymmetricBand Of(SymmetricMatrix a, int width)
    {
        var band = new SymmetricBand(a.Order, width);
        for (var j = 0; j < a.Order; j++)
        {
            for (var i = j; i <= Math.Min(a.Order - 1, j + width); i++)
            {
                *band.At(i, j) = a[i, j];
            }
        }

        return band;
    }

    /// <summary>The diagonal and what lies beside it.</summary>
    public Tridiagonal ToTridiagonal()
    {
        var (diagonal, beside) = (new double[Order], new double[Order - 1]);
        for (var j = 0; j < Order; j++)
        {
            diagonal[j] = *At(j, j);
            if (j < Order - 1)
            {
                beside[j] = *At(j + 1, j);
            }
        }

        return new Tridiagonal(diagonal, beside);
    }

    public void Dispose() => buffer.Dispose();
}
