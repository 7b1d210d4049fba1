using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>A figure of curves in characters.</summary>
internal static class CurvePlot
{
    private const int MostColumns = 60;
    private const int Lines = 10;
    private const int LabelWidth = 10;
    private const int LabelDigits = 4;

    /// <summary>The lines of the figure, below its title.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">The most columns.</param>
    public static IEnumerable<string> Of(CurveFigure figure, int width)
    {
        var canvas = new BrailleCanvas(Math.Clamp(width - LabelWidth - 2, 8, MostColumns), Lines);
        var points = figure.Curves.Select(curve => (curve.Kind, Points: Points(figure, curve))).ToList();
        var all = points.SelectMany(curve => curve.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (all.Count == 0)
        {
            return [];
        }

        var hasBars = points.Any(curve => curve.Kind == CurveKind.Bars);
        var sides = points.SelectMany(curve => Sides(curve.Kind, curve.Points)).Where(double.IsFinite).ToList();
        var (left, right, bottom, top) = (sides.Min(), sides.Max(), hasBars ? 0 : all.Min(point => point.Y), all.Max(point => point.Y));
        (double X, double Y) At((double X, double Y) point) => (Share(point.X, left, right) * (canvas.Width - 1), Share(point.Y, bottom, top) * (canvas.Height - 1));
        foreach (var (kind, curve) in points)
        {
            Draw(canvas, kind, [.. curve.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(At)]);
        }

        return [.. Framed(canvas, Label(bottom, figure.IsLogY), Label(top, figure.IsLogY)), Axis(canvas, figure, Label(left, figure.IsLogX), Label(right, figure.IsLogX)), .. figure.Curves.Count > 1 ? [Legend(figure)] : Array.Empty<string>()];
    }

    private static List<(double X, double Y)> Points(CurveFigure figure, LessonCurve curve) =>
        [.. curve.X.Zip(curve.Y, (x, y) => (figure.IsLogX ? Math.Log10(x) : x, figure.IsLogY ? Math.Log10(y) : y))];

    /// <summary>How far a curve reaches to the left and right: a bar half its width to either side.</summary>
    private static IEnumerable<double> Sides(CurveKind kind, List<(double X, double Y)> points)
    {
        var half = kind == CurveKind.Bars && points.Count > 1 ? (points[1].X - points[0].X) / 2 : 0;
        return points.SelectMany(point => (double[])[point.X - half, point.X + half]);
    }

    private static double Share(double value, double low, double high) => high > low ? (value - low) / (high - low) : 0.5;

    private static void Draw(BrailleCanvas canvas, CurveKind kind, IReadOnlyList<(double X, double Y)> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            switch (kind)
            {
                case CurveKind.Bars:
                    DrawBar(canvas, points, i);
                    break;
                case CurveKind.Dashed when i > 0:
                    canvas.Line(points[i - 1], points[i], isDashed: true);
                    break;
                case CurveKind.Line when i > 0:
                    canvas.Line(points[i - 1], points[i]);
                    break;
                default:
                    canvas.Set(points[i].X, points[i].Y);
                    break;
            }
        }
    }

    /// <summary>The outline of a bar, so that a law drawn over it can be seen.</summary>
    private static void DrawBar(BrailleCanvas canvas, IReadOnlyList<(double X, double Y)> points, int i)
    {
        var half = points.Count > 1 ? (points[1].X - points[0].X) / 2 : 1;
        var ((x, y), before) = (points[i], i > 0 ? points[i - 1].Y : 0);
        canvas.Line((x - half, before), (x - half, y));
        canvas.Line((x - half, y), (x + half, y));
        if (i == points.Count - 1)
        {
            canvas.Line((x + half, y), (x + half, 0));
        }
    }

    private static IEnumerable<string> Framed(BrailleCanvas canvas, string bottom, string top) =>
        canvas.Lines.Select((line, i) => $"{(i == 0 ? top : i == Lines - 1 ? bottom : ""),LabelWidth} │{line}");

    private static string Axis(BrailleCanvas canvas, CurveFigure figure, string left, string right)
    {
        var middle = $"{figure.X}{(figure.IsLogX ? " (log)" : "")}";
        var room = (canvas.Width / 2) - left.Length - right.Length;
        return $"{"",LabelWidth}  {left}{(middle.Length <= room - 2 ? middle.PadLeft((room + middle.Length) / 2).PadRight(room) : new string(' ', Math.Max(1, room)))}{right}";
    }

    private static string Legend(CurveFigure figure) => $"{"",LabelWidth}  {string.Join("   ", figure.Curves.Select(curve => $"{Mark(curve.Kind)} {curve.Name}"))}";

    private static string Mark(CurveKind kind) => kind switch { CurveKind.Line => "──", CurveKind.Dashed => "╌╌", CurveKind.Bars => "▗▖", _ => "··" };

    private static string Label(double value, bool isLog) => Digits.Text(isLog ? Math.Pow(10, value) : value, LabelDigits);
}
