namespace Eigenscope.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name, at its end or in the legend.</param>
/// <param name="Points">Its points, in the order in which they are joined; values that are not finite break it.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>The ends of a band about each point; null for none.</summary>
    public IReadOnlyList<(double Low, double High)>? Band { get; init; }

    /// <summary>True for a dashed line, such as a baseline.</summary>
    public bool IsDashed { get; init; }

    /// <summary>False for marks alone.</summary>
    public bool IsJoined { get; init; } = true;

    /// <summary>True for a mark at every point.</summary>
    public bool HasMarks { get; init; }
}

/// <summary>Lines over an axis, drawn as an SVG picture that can be read on light and dark ground.</summary>
public sealed record LineChart
{
    /// <summary>What is to be seen, above the picture and for screen readers.</summary>
    public required string Title { get; init; }

    /// <summary>The name of the horizontal axis.</summary>
    public required string X { get; init; }

    /// <summary>The name of the vertical axis.</summary>
    public required string Y { get; init; }

    /// <summary>The lines, at most eight.</summary>
    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>True for a logarithmic horizontal axis; all x must be positive.</summary>
    public bool IsLogX { get; init; }

    /// <summary>True for a logarithmic vertical axis; what is not positive is not drawn.</summary>
    public bool IsLogY { get; init; }

    /// <summary>True where the vertical axis begins at 0.</summary>
    public bool FromZero { get; init; }

    /// <summary>The picture; UTF-8, ends with a newline. The same chart gives the same bytes.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to draw.</exception>
    public byte[] ToSvg() => new ChartDrawing(this).ToSvg();
}
