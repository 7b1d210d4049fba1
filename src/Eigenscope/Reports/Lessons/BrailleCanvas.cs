namespace Eigenscope.Reports;

/// <summary>A drawing of dots in characters of braille, eight to each.</summary>
/// <param name="width">Characters in a line.</param>
/// <param name="height">Lines.</param>
internal sealed class BrailleCanvas(int width, int height)
{
    private const char Blank = '\u2800';
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly int[,] cells = new int[width, height];

    /// <summary>The number of dots in a line.</summary>
    public int Width => 2 * width;

    /// <summary>The number of dots one above the other.</summary>
    public int Height => 4 * height;

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines => Enumerable.Range(0, height).Select(y => string.Concat(Enumerable.Range(0, width).Select(x => cells[x, y] == 0 ? ' ' : (char)(Blank + cells[x, y]))));

    /// <summary>Sets a dot; outside nothing happens.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From the bottom.</param>
    public void Set(double x, double y)
    {
        var (column, row) = ((int)Math.Round(x), Height - 1 - (int)Math.Round(y));
        if (column >= 0 && column < Width && row >= 0 && row < Height)
        {
            cells[column / 2, row / 4] |= Dots[column % 2, row % 4];
        }
    }

    /// <summary>Sets the dots between two places.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="isDashed">True to leave every other stretch of a character out.</param>
    public void Line((double X, double Y) from, (double X, double Y) to, bool isDashed = false)
    {
        var steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y))));
        for (var step = 0; step <= steps; step++)
        {
            var share = (double)step / steps;
            var (x, y) = (from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));
            if (!isDashed || (int)Math.Round(x) / 2 % 2 == 0)
            {
                Set(x, y);
            }
        }
    }
}
