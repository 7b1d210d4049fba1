namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Y = G Q for a frame Q and the Gram matrix of the smaller side of W, which is never formed.
/// </summary>
/// <remarks>
/// W is read in whole rows: once a product where it is tall, G = W^T W, and twice where it is wide, G = W W^T. Cost: 4 * 24 N M flops.
/// </remarks>
internal sealed class GramOperator : IDisposable
{
    /// <summary>A trace between these bounds loses nothing that counts in any later step.</summary>
    private const double SmallestTrace = 1e-100;
    private const double LargestTrace = 1e100;

    private readonly IMatrix w;
    private readonly Execution execution;
    private readonly FrameProducts products;
    private readonly Frame? across;
    private bool isInRange;

    public GramOperator(IMatrix w, Execution execution)
    {
        (this.w, this.execution) = (w, execution);
        Order = Math.Min(w.Rows, w.Columns);
        products = new FrameProducts(w, execution);
        across = w.Columns > w.Rows ? new Frame(w.Columns) : null;
    }

    /// <summary>The order M of G.</summary>
    public int Order { get; }

    /// <summary>The power of two by which W is divided: 1 unless the squares of W would leave the range of float64. Known after the first product.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>The trace of G, which is the squared Frobenius norm of W / Scale, as the last product found it.</summary>
    public double Trace => products.SquaredNorm;

    /// <summary>The doubles that are held for a matrix, beside the frames that are multiplied.</summary>
    public static long Doubles(IMatrix w) => ((long)FrameProducts.MostRows(w) * Panel.Padded(w.Columns)) + (w.Columns > w.Rows ? Frame.Doubles(w.Columns) : 0);

    /// <summary>y := G q</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public void Apply(Frame q, Frame y)
    {
        Multiply(q, y);
        if (!isInRange && Trace is not (>= SmallestTrace and <= LargestTrace))
        {
            Scale = PowerOfTwo.AtOrBelow(LargestMagnitude.Of(w, execution.Cancellation));
            Multiply(q, y);
        }

        isInRange = true;
    }

    public void Dispose()
    {
        products.Dispose();
        across?.Dispose();
    }

    private void Multiply(Frame q, Frame y)
    {
        if (across is null)
        {
            products.GramTimes(q, y, Scale);
            return;
        }

        products.TransposedTimes(q, across, Scale);
        products.Times(across, y, Scale);
    }
}
