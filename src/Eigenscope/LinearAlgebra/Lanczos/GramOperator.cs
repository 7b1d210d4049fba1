namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Y = G Q for a frame Q and the Gram matrix of the smaller side, G = X X^T with X = W^T (or W where it is wide), which is never formed.
/// </summary>
/// <remarks>
/// W is read once a product, in portions of X, each widened, multiplied by Q^T and then by the result of that. Every element of the two products is summed in
/// a fixed order, in chains of <see cref="Depth"/> rows of X and of the vectors of a portion. Cost: 4 * 24 N M flops.
/// </remarks>
internal sealed unsafe class GramOperator : IDisposable
{
    /// <summary>Panels of X whose rows make one chain: their part of Q stays in the second-level cache.</summary>
    private const int Depth = 10;

    /// <summary>Vectors of a portion that one piece of work multiplies by Q^T.</summary>
    private const int Group = 2 * TileKernel.Columns;

    /// <summary>About how many doubles a portion takes, so that it is still near when it is read for the second time.</summary>
    private const int PortionElements = 1 << 20;
    private const int LeastVectors = 128;

    /// <summary>A trace between these bounds loses nothing that counts in any later step.</summary>
    private const double SmallestTrace = 1e-100;
    private const double LargestTrace = 1e100;

    private readonly IMatrix w;
    private readonly Execution execution;
    private readonly int panels;
    private readonly int most;
    private readonly AlignedBuffer products;
    private readonly double[] squares;
    private bool isInRange;

    public GramOperator(IMatrix w, Execution execution)
    {
        (this.w, this.execution) = (w, execution);
        Order = Math.Min(w.Rows, w.Columns);
        panels = Panel.Count(Order);
        most = MostVectors(w);
        products = new AlignedBuffer((long)Frame.Width * (most + Group));
        squares = new double[panels];
    }

    /// <summary>The order M of G.</summary>
    public int Order { get; }

    /// <summary>The power of two by which W is divided: 1 unless the squares of W would leave the range of float64. Known after the first product.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>The trace of G, which is the squared Frobenius norm of W / Scale, as the last product found it.</summary>
    public double Trace => squares.Sum();

    /// <summary>The most vectors of a portion; rows of a wide matrix are read in long pieces.</summary>
    public static int MostVectors(IMatrix w) =>
        w.Columns > w.Rows ? PanelReader.Most : Math.Clamp(PortionElements / w.Columns, LeastVectors, PanelReader.Most) & -Group;

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

    public void Dispose() => products.Dispose();

    private void Multiply(Frame q, Frame y)
    {
        y.Clear();
        Array.Clear(squares);
        using var x = new PanelReader(w, byRows: w.Rows >= w.Columns, Scale, execution, most);
        while (x.ReadNext())
        {
            execution.ForEach((x.Count + Group - 1) / Group, group => Project(x, q, group * Group));
            execution.ForEach(panels, panel => Expand(x, panel, y));
        }
    }

    /// <summary>Q^T times vectors of a portion: a column of 24 products for each.</summary>
    private void Project(PanelReader x, Frame q, int first)
    {
        var end = Math.Min(Lanes.Ceiling(x.Count), first + Group);
        new Span<double>(products.Pointer + (first * Frame.Width), (end - first) * Frame.Width).Clear();
        for (var panel = 0; panel < panels; panel += Depth)
        {
            var depth = TileKernel.Depth.OfPanels(Math.Min(Depth, panels - panel), x.Step);
            for (var vector = first; vector < end; vector += TileKernel.Columns)
            {
                execution.Kernel.Along(depth, q.Pointer + ((nint)panel * Panel.Block), x.Start(panel) + (vector * Panel.Rows), products.Pointer + (vector * Frame.Width), Frame.Width);
            }
        }
    }

    /// <summary>Adds the products times a panel of the portion to 24 elements of every vector of y.</summary>
    private void Expand(PanelReader x, int panel, Frame y)
    {
        var start = x.Start(panel);
        for (var row = 0; row < Panel.Rows; row += TileKernel.Columns)
        {
            execution.Kernel.Across(TileKernel.Depth.Of(x.Count), products.Pointer, start + row, y.Pointer + ((nint)panel * Panel.Block) + (row * Frame.Width), Frame.Width);
        }

        squares[panel] += Lanes.Dot(start, start, x.Count * Panel.Rows);
    }
}
