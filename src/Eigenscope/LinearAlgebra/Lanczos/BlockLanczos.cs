namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Block Lanczos with full reorthogonalisation on the Gram matrix G of the smaller side: from a random orthonormal frame Q_0, an orthonormal basis of
/// the space of Q_0, G Q_0, G^2 Q_0, ..., and G projected on it, T = Q^T G Q, block tridiagonal (Golub and Underwood 1977).
/// </summary>
/// <remarks>
/// G Q = Q T + Q_q B E^T, where E holds the last frame: what lies outside the space passes through B alone. Each step orthogonalises twice against the whole
/// basis and within the frame (Barlow and Smoktunowicz 2013), so Q is orthonormal to a few eps. Where the space becomes invariant, random vectors
/// go on (see <see cref="FrameQr"/>).
/// </remarks>
internal sealed unsafe class BlockLanczos : IDisposable
{
    private const int Width = Frame.Width;

    /// <summary>What is left of a vector counts as zero up to this share of the longest G q seen so far, which is at most lambda_max.</summary>
    private const double LeastShare = 1e-12;

    private readonly GramOperator gram;
    private readonly NormalDraws draws;
    private readonly LanczosBasis basis;
    private readonly int steps;
    private double longest;

    private BlockLanczos(GramOperator gram, int steps, ulong seed, Execution execution)
    {
        (this.gram, this.steps, draws) = (gram, steps, new NormalDraws(seed));
        basis = new LanczosBasis(steps + 1, execution);
    }

    /// <summary>The doubles that it takes for a matrix whose smaller side is <paramref name="order"/>, beside a portion of the matrix.</summary>
    public static long Doubles(int order, int steps) => (steps + 1) * Frame.Doubles(order);

    /// <summary>Runs the given number of steps; 24 times as many vectors as steps, and a frame more, must fit into the space.</summary>
    public static BlockTridiagonal Of(GramOperator gram, int steps, ulong seed, Execution execution)
    {
        using var process = new BlockLanczos(gram, steps, seed, execution);
        return process.Run(execution.Cancellation);
    }

    public void Dispose() => basis.Dispose();

    private BlockTridiagonal Run(CancellationToken cancellation)
    {
        var t = new BlockTridiagonal(steps);
        basis.Add(Start());
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            basis.Add(Next(t.Diagonal(step), t.Below(step)));
        }

        return t;
    }

    private Frame Start()
    {
        var frame = new Frame(gram.Order);
        for (var vector = 0; vector < Width; vector++)
        {
            frame.Draw(vector, draws);
        }

        Span<double> first = new double[Panel.Block], second = new double[Panel.Block];
        FrameQr.Factor(frame, first, 0, draws);
        FrameQr.Factor(frame, second, 0, draws);
        return frame;
    }

    /// <summary>G Q_j = ... + Q_j A + Q_{j+1} B: fills in A and B, and returns Q_{j+1}.</summary>
    private Frame Next(Span<double> a, Span<double> b)
    {
        var y = new Frame(gram.Order);
        gram.Apply(basis.Last, y);
        longest = Math.Max(longest, Longest(y));
        Span<double> a2 = new double[Panel.Block], r1 = new double[Panel.Block], r2 = new double[Panel.Block];
        basis.Remove(y, a);
        FrameQr.Factor(y, r1, LeastShare * longest, draws);
        basis.Remove(y, a2);
        FrameQr.Factor(y, r2, LeastShare, draws);
        AddProduct(a2, r1, a);
        AddProduct(r2, r1, b);
        return y;
    }

    /// <summary>c := c + a b for 24 x 24 matrices.</summary>
    private static void AddProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        for (var i = 0; i < Width; i++)
        {
            for (var k = 0; k < Width; k++)
            {
                for (var j = 0; j < Width; j++)
                {
                    c[(i * Width) + j] += a[(i * Width) + k] * b[(k * Width) + j];
                }
            }
        }
    }

    private static double Longest(Frame y)
    {
        var products = stackalloc double[Width];
        var largest = 0.0;
        for (var j = 0; j < Width; j++)
        {
            y.Dots(j, products);
            largest = Math.Max(largest, products[j]);
        }

        return Math.Sqrt(largest);
    }
}
