using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>The unit circle and the ellipse that a matrix makes of it in characters, side by side where there is room.</summary>
internal static class EllipsePlot
{
    private const int Columns = 24;
    private const int Lines = 12;
    private const int Points = 400;

    /// <summary>The lines.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">The most columns.</param>
    public static IEnumerable<string> Of(EllipseFigure figure, int width)
    {
        var circle = Drawn(1, t => (Math.Cos(t), Math.Sin(t)), [(figure.Right[0][0], figure.Right[0][1]), (figure.Right[1][0], figure.Right[1][1])]);
        var largest = Math.Max(figure.SingularValues[0], double.Epsilon);
        var ellipse = Drawn(largest, t => Image(figure, Math.Cos(t), Math.Sin(t)), [Axis(figure, 0), Axis(figure, 1)]);
        var (radius, halves) = ("radius 1", $"half-axes {Digits.Text(figure.SingularValues[0])} and {Digits.Text(figure.SingularValues[1])}");
        return width > 2 * (Columns + 3)
            ? [.. circle.Zip(ellipse, (left, right) => $"  {left}   {right}"), $"  {radius,-Columns}   {halves}"]
            : [.. circle.Append(radius).Concat(ellipse).Append(halves).Select(line => $"  {line}")];
    }

    private static (double X, double Y) Axis(EllipseFigure figure, int k) => (figure.SingularValues[k] * figure.Left[k][0], figure.SingularValues[k] * figure.Left[k][1]);

    private static (double X, double Y) Image(EllipseFigure figure, double x, double y) =>
        ((figure.Entries[0][0] * x) + (figure.Entries[0][1] * y), (figure.Entries[1][0] * x) + (figure.Entries[1][1] * y));

    private static IEnumerable<string> Drawn(double radius, Func<double, (double X, double Y)> at, IReadOnlyList<(double X, double Y)> axes)
    {
        var canvas = new BrailleCanvas(Columns, Lines);
        var (middleX, middleY, scale) = ((canvas.Width - 1) / 2.0, (canvas.Height - 1) / 2.0, ((canvas.Height - 1) / 2.0) / radius);
        (double X, double Y) Placed((double X, double Y) point) => (middleX + (scale * point.X), middleY + (scale * point.Y));
        for (var i = 0; i < Points; i++)
        {
            var place = Placed(at(2 * Math.PI * i / Points));
            canvas.Set(place.X, place.Y);
        }

        foreach (var axis in axes)
        {
            canvas.Line(Placed((0, 0)), Placed(axis));
        }

        return canvas.Lines;
    }
}
