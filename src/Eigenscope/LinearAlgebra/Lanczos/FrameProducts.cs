namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Products of a matrix W with frames from both sides, W R and W^T L, in one pass over its rows, which are read in portions.
/// </summary>
/// <remarks>
/// Every element of W R is summed over the columns in chains of <see cref="Depth"/> panels, every element of W^T L over the rows in chains of a portion. Cost: 2 * 24 N M flops a product.
/// </remarks>
internal sealed unsafe class FrameProducts : IDisposable
{
    /// <summary>Panels of W whose columns make one chain: their part of R stays in the second-level cache.</summary>
    private const int Depth = 10;

    /// <summary>Rows that one piece of work multiplies by R.</summary>
    private const int Group = 2 * TileKernel.Columns;

    /// <summary>About how many doubles a portion takes, so that it is still near when it is read for the second time.</summary>
    private const int PortionElements = 1 << 20;
    private const int LeastRows = 128;

    private readonly IMatrix w;
    private readonly Execution execution;
    private readonly int panels;
    private readonly int most;
    private readonly AlignedBuffer images;
    private readonly double[] squares;

    public FrameProducts(IMatrix w, Execution execution)
    {
        (this.w, this.execution) = (w, execution);
        panels = Panel.Count(w.Columns);
        most = MostRows(w);
        images = new AlignedBuffer((long)Frame.Width * (most + Group));
        squares = new double[panels];
    }

    /// <summary>The squared Frobenius norm of W over the scale, as the last product with a frame on the left found it.</summary>
    public double SquaredNorm => squares.Sum();

    /// <summary>The most rows of a portion.</summary>
    public static int MostRows(IMatrix w) => Math.Clamp(PortionElements / w.Columns, LeastRows, PanelReader.Most) & -Group;

    /// <summary>image := W R / scale.</summary>
    public void Times(Frame right, Frame image, double scale) => Pass(scale, (rows, first) => Project(rows, right, image.Pointer + ((nint)first * Frame.Width)));

    /// <summary>back := W^T L / scale.</summary>
    public void TransposedTimes(Frame left, Frame back, double scale)
    {
        Begin(back);
        Pass(scale, (rows, first) => Expand(rows, left.Pointer + ((nint)first * Frame.Width), back));
    }

    /// <summary>back := W^T W R / scale^2.</summary>
    public void GramTimes(Frame right, Frame back, double scale)
    {
        Begin(back);
        Pass(scale, (rows, _) =>
        {
            Project(rows, right, images.Pointer);
            Expand(rows, images.Pointer, back);
        });
    }

    /// <summary>image := W R and back := W^T L, both over the scale, each row read once.</summary>
    public void Both(Frame right, Frame image, Frame left, Frame back, double scale)
    {
        Begin(back);
        Pass(scale, (rows, first) =>
        {
            Project(rows, right, image.Pointer + ((nint)first * Frame.Width));
            Expand(rows, left.Pointer + ((nint)first * Frame.Width), back);
        });
    }

    public void Dispose() => images.Dispose();

    private void Begin(Frame back)
    {
        back.Clear();
        Array.Clear(squares);
    }

    private void Pass(double scale, Action<PanelReader, int> work)
    {
        using var rows = new PanelReader(w, byRows: true, scale, execution, most);
        for (var first = 0; rows.ReadNext(); first += rows.Count)
        {
            work(rows, first);
        }
    }

    /// <summary>R^T times rows of a portion: 24 products for each. Products of whole groups are written where there is room for them.</summary>
    private void Project(PanelReader rows, Frame right, double* to)
    {
        execution.ForEach((rows.Count + Group - 1) / Group, group =>
        {
            var (first, end) = (group * Group, Math.Min(Lanes.Ceiling(rows.Count), (group + 1) * Group));
            var image = images.Pointer + ((nint)first * Frame.Width);
            new Span<double>(image, (end - first) * Frame.Width).Clear();
            for (var panel = 0; panel < panels; panel += Depth)
            {
                var depth = TileKernel.Depth.OfPanels(Math.Min(Depth, panels - panel), rows.Step);
                for (var row = first; row < end; row += TileKernel.Columns)
                {
                    execution.Kernel.Along(depth, right.Pointer + ((nint)panel * Panel.Block), rows.Start(panel) + (row * Panel.Rows), images.Pointer + ((nint)row * Frame.Width), Frame.Width);
                }
            }

            if (to != images.Pointer)
            {
                new ReadOnlySpan<double>(image, (Math.Min(rows.Count, end) - first) * Frame.Width).CopyTo(new Span<double>(to + ((nint)first * Frame.Width), (end - first) * Frame.Width));
            }
        });
    }

    /// <summary>Adds 24 products for each row of a portion times the row to the vectors of a frame.</summary>
    private void Expand(PanelReader rows, double* products, Frame back) => execution.ForEach(panels, panel =>
    {
        var start = rows.Start(panel);
        for (var column = 0; column < Panel.Rows; column += TileKernel.Columns)
        {
            execution.Kernel.Across(TileKernel.Depth.Of(rows.Count), products, start + column, back.Pointer + ((nint)panel * Panel.Block) + (column * Frame.Width), Frame.Width);
        }

        squares[panel] += Lanes.Dot(start, start, rows.Count * Panel.Rows);
    });
}
