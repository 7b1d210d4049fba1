using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>A figure of a lesson in characters.</summary>
public static class FigureText
{
    /// <summary>The lines of the drawing; none where there is nothing to draw.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">The most columns.</param>
    public static IReadOnlyList<string> Lines(LessonFigure figure, int width) => figure switch
    {
        CurveFigure curves => [.. CurvePlot.Of(curves, width)],
        EllipseFigure ellipse => [.. EllipsePlot.Of(ellipse, width)],
        _ => [],
    };
}
