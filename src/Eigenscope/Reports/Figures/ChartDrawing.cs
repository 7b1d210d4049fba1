using System.Globalization;
using System.Net;
using System.Text;

namespace Eigenscope.Reports;

/// <summary>Draws a <see cref="LineChart"/>.</summary>
internal sealed class ChartDrawing
{
    private const double Width = 720;
    private const double Left = 68;
    private const double Right = 24;
    private const double Top = 40;
    private const double PlotHeight = 320;
    private const double AxisHeight = 52;
    private const double LegendLine = 20;
    private const double LetterWidth = 7.2;
    private const double Swatch = 34;

    /// <summary>Colours that are told apart also without red and green (Okabe and Ito 2008), each bright enough on black and dark enough on white.</summary>
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7f7f7f", "#56b4e9", "#b8860b", "#8a63d2"];

    private readonly LineChart chart;
    private readonly ChartAxis x;
    private readonly ChartAxis y;
    private readonly StringBuilder text = new();

    public ChartDrawing(LineChart chart)
    {
        this.chart = chart;
        var points = chart.Lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y) && (!chart.IsLogY || point.Y > 0)).ToList();
        if (points.Count == 0 || chart.Lines.Count > Colors.Length)
        {
            throw new InvalidOperationException($"a chart of {chart.Lines.Count} lines and {points.Count} points cannot be drawn");
        }

        var bands = chart.Lines.SelectMany(line => line.Band ?? []).SelectMany(band => (double[])[band.Low, band.High]).Where(value => double.IsFinite(value) && (!chart.IsLogY || value > 0));
        x = ChartAxis.Of([.. points.Select(point => point.X)], chart.IsLogX, fromZero: false, isRounded: false);
        y = ChartAxis.Of([.. points.Select(point => point.Y), .. bands], chart.IsLogY, chart.FromZero, isRounded: true);
    }

    public byte[] ToSvg()
    {
        var legend = LegendRows();
        var height = Top + PlotHeight + AxisHeight + (LegendLine * legend.Count) + 8;
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{Encoded(chart.Title)}</title>\n");
        text.Append("<style>text{fill:#222}.axis{stroke:#222}.grid{stroke:#888;stroke-opacity:.25}@media(prefers-color-scheme:dark){text{fill:#ddd}.axis{stroke:#ddd}}</style>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"22\" font-weight=\"600\">{Encoded(chart.Title)}</text>\n");
        Axes();
        for (var i = chart.Lines.Count - 1; i >= 0; i--)
        {
            Line(chart.Lines[i], Colors[i]);
        }

        Legend(legend);
        return Encoding.UTF8.GetBytes(text.Append("</svg>\n").ToString());
    }

    private static string Encoded(string value) => WebUtility.HtmlEncode(value);

    private static double X(double place) => Left + (place * (Width - Left - Right));

    private static double Y(double place) => Top + ((1 - place) * PlotHeight);

    private void Axes()
    {
        foreach (var tick in y.Ticks)
        {
            var at = Y(y.At(tick)!.Value);
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {at:0.##}H{Width - Right}\"/><text x=\"{Left - 8}\" y=\"{at + 4:0.##}\" text-anchor=\"end\">{ChartAxis.Text(tick)}</text>\n");
        }

        foreach (var tick in x.Ticks)
        {
            var at = X(x.At(tick)!.Value);
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{at:0.##} {Top + PlotHeight}v5\"/><text x=\"{at:0.##}\" y=\"{Top + PlotHeight + 20}\" text-anchor=\"middle\">{ChartAxis.Text(tick)}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Top + PlotHeight}H{Width - Right}\"/><text x=\"{(Left + Width - Right) / 2:0.##}\" y=\"{Top + PlotHeight + 40}\" text-anchor=\"middle\">{Encoded(chart.X)}</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"{Top + (PlotHeight / 2):0.##}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {Top + (PlotHeight / 2):0.##})\">{Encoded(chart.Y)}</text>\n");
    }

    private void Line(ChartLine line, string color)
    {
        if (line.Band is { } band)
        {
            var upper = line.Points.Zip(band, (point, ends) => At(point.X, ends.High)).OfType<string>();
            var lower = line.Points.Zip(band, (point, ends) => At(point.X, ends.Low)).Reverse().OfType<string>();
            text.Append(CultureInfo.InvariantCulture, $"<path fill=\"{color}\" fill-opacity=\".2\" d=\"M{string.Join(' ', upper.Concat(lower))}Z\"/>\n");
        }

        if (line.IsJoined && Pieces(line) is { Length: > 0 } pieces)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" stroke-linejoin=\"round\"{(line.IsDashed ? " stroke-dasharray=\"6 4\"" : "")} d=\"{pieces}\"/>\n");
        }

        if (line.HasMarks || !line.IsJoined)
        {
            foreach (var at in line.Points.Select(point => At(point.X, point.Y)).OfType<string>())
            {
                text.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{at.Split(',')[0]}\" cy=\"{at.Split(',')[1]}\" r=\"3\" fill=\"{color}\"/>");
            }

            text.Append('\n');
        }
    }

    /// <summary>The line in pieces, where points are missing.</summary>
    private string Pieces(ChartLine line)
    {
        var path = new StringBuilder();
        var isOpen = false;
        foreach (var at in line.Points.Select(point => At(point.X, point.Y)))
        {
            path.Append(at is null ? "" : isOpen ? $" {at}" : $"M{at}");
            isOpen = at is not null;
        }

        return path.ToString();
    }

    private string? At(double valueX, double valueY) => x.At(valueX) is { } atX && y.At(valueY) is { } atY ? string.Create(CultureInfo.InvariantCulture, $"{X(atX):0.##},{Y(atY):0.##}") : null;

    /// <summary>The names of the lines in rows that fit the width.</summary>
    private List<List<int>> LegendRows()
    {
        var (rows, used) = (new List<List<int>> { new() }, 0.0);
        for (var i = 0; i < chart.Lines.Count; i++)
        {
            var width = Swatch + (LetterWidth * chart.Lines[i].Name.Length) + 12;
            if (rows[^1].Count > 0 && used + width > Width - Left - Right)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(i);
            used += width;
        }

        return rows;
    }

    private void Legend(List<List<int>> rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var (at, level) = (Left, Top + PlotHeight + AxisHeight + (LegendLine * row) + 10);
            foreach (var i in rows[row])
            {
                var line = chart.Lines[i];
                text.Append(line.IsJoined
                    ? string.Create(CultureInfo.InvariantCulture, $"<path stroke=\"{Colors[i]}\" stroke-width=\"2\"{(line.IsDashed ? " stroke-dasharray=\"6 4\"" : "")} d=\"M{at:0.##} {level:0.##}h24\"/>")
                    : string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{at + 12:0.##}\" cy=\"{level:0.##}\" r=\"4\" fill=\"{Colors[i]}\"/>"));
                text.Append(CultureInfo.InvariantCulture, $"<text x=\"{at + 30:0.##}\" y=\"{level + 4:0.##}\">{Encoded(line.Name)}</text>\n");
                at += Swatch + (LetterWidth * line.Name.Length) + 12;
            }
        }
    }
}
