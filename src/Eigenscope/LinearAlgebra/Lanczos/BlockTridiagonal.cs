namespace Eigenscope.LinearAlgebra;

/// <summary>The projection of block Lanczos: 24 x 24 blocks A_0, A_1, ... on the diagonal, B_0, B_1, ... below it, and the last B, which leads out of the space.</summary>
internal sealed class BlockTridiagonal(int steps)
{
    private const int Width = Frame.Width;

    private readonly double[] diagonal = new double[steps * Width * Width];
    private readonly double[] below = new double[steps * Width * Width];

    /// <summary>The number q of steps, which is that of diagonal blocks.</summary>
    public int Steps => steps;

    /// <summary>The order of the matrix.</summary>
    public int Order => steps * Width;

    /// <summary>A_j, element (i, k) at 24 i + k.</summary>
    public Span<double> Diagonal(int j) => diagonal.AsSpan(j * Width * Width, Width * Width);

    /// <summary>B_j, which stands in the rows of A_{j+1} and the columns of A_j.</summary>
    public Span<double> Below(int j) => below.AsSpan(j * Width * Width, Width * Width);

    /// <summary>The projection after fewer steps.</summary>
    public BlockTridiagonal Leading(int count)
    {
        var leading = new BlockTridiagonal(count);
        diagonal.AsSpan(0, leading.diagonal.Length).CopyTo(leading.diagonal);
        below.AsSpan(0, leading.below.Length).CopyTo(leading.below);
        return leading;
    }

    /// <summary>Copies the lower triangle and its mirror image into rows <paramref name="stride"/> apart.</summary>
    public void CopyTo(Span<double> rows, int stride)
    {
        for (var j = 0; j < Order; j++)
        {
            for (var i = j; i < Math.Min(Order, ((j / Width) + 2) * Width); i++)
            {
                var (block, at) = (j / Width, (i % Width * Width) + (j % Width));
                rows[(i * stride) + j] = rows[(j * stride) + i] = i / Width == block ? Diagonal(block)[at] : Below(block)[at];
            }
        }
    }

    /// <summary>|B y| for the last B and the last 24 components of an eigenvector: the length of its residual.</summary>
    public double Residual(ReadOnlySpan<double> lastComponents)
    {
        var b = Below(steps - 1);
        var sum = 0.0;
        for (var i = 0; i < Width; i++)
        {
            var element = 0.0;
            for (var k = 0; k < Width; k++)
            {
                element += b[(i * Width) + k] * lastComponents[k];
            }

            sum += element * element;
        }

        return Math.Sqrt(sum);
    }
}
