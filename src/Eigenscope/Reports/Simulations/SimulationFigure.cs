using System.Globalization;
using System.Text;
using Eigenscope.Dynamics;

namespace Eigenscope.Reports;

/// <summary>The leading eigenvalues of a simulation over time as an SVG picture: means as lines, from 5 to 95 % of the paths as bands. Readable on light and dark ground.</summary>
public static class SimulationFigure
{
    /// <summary>The most eigenvalues that are drawn.</summary>
    public const int Most = 5;

    private const double Width = 720;
    private const double Height = 440;
    private const double Left = 64;
    private const double Right = 56;
    private const double Top = 40;
    private const double Bottom = 48;

    /// <summary>Colours that are told apart also without red and green (Okabe and Ito 2008), each bright enough on black and dark enough on white.</summary>
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7f7f7f"];

    /// <summary>Draws it.</summary>
    /// <param name="ensemble">The paths.</param>
    /// <returns>An SVG document; UTF-8, ends with a newline.</returns>
    public static byte[] Of(PathEnsemble ensemble)
    {
        var count = Math.Min(Most, ensemble.Size);
        var (longest, highest) = (ensemble.Points[^1].Time, Math.Max(1e-300, Math.Max(Start(ensemble, 0), ensemble.Points.Max(point => point.Eigenvalues[0].High))));
        var (stepX, stepY) = (TickStep(longest), TickStep(highest));
        highest = Math.Ceiling(highest / stepY) * stepY;
        var scale = new Scale((Width - Left - Right) / longest, (Height - Top - Bottom) / highest);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{Title(ensemble, count)}</title>\n");
        text.Append("<style>text{fill:#222}.axis{stroke:#222}.grid{stroke:#888;stroke-opacity:.25}@media(prefers-color-scheme:dark){text{fill:#ddd}.axis{stroke:#ddd}}</style>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"22\" font-weight=\"600\">{Title(ensemble, count)}</text>\n");
        Axes(text, scale, longest, highest, stepX, stepY);
        for (var k = count - 1; k >= 0; k--)
        {
            Band(text, ensemble, k, scale);
        }

        return Encoding.UTF8.GetBytes(text.Append("</svg>\n").ToString());
    }

    private static string Title(PathEnsemble ensemble, int count) =>
        $"The {count} largest eigenvalues of {ensemble.Options.Start.Rows} x {ensemble.Options.Start.Columns}, mean and 5 to 95 % of {ensemble.Paths} paths";

    private static void Axes(StringBuilder text, Scale scale, double longest, double highest, double stepX, double stepY)
    {
        for (var i = 0; i * stepY <= highest * (1 + 1e-9); i++)
        {
            var y = scale.Y(i * stepY);
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {y:0.##}H{Width - Right}\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.##}\" text-anchor=\"end\">{i * stepY:G6}</text>\n");
        }

        for (var i = 0; i * stepX <= longest * (1 + 1e-9); i++)
        {
            var x = scale.X(i * stepX);
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{x:0.##} {Height - Bottom}v5\"/><text x=\"{x:0.##}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{i * stepX:G6}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Height - Bottom}H{Width - Right}\"/><text x=\"{(Left + Width - Right) / 2:0.##}\" y=\"{Height - 8}\" text-anchor=\"middle\">time</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"{(Top + Height - Bottom) / 2:0.##}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {(Top + Height - Bottom) / 2:0.##})\">\u03bb</text>\n");
    }

    private static void Band(StringBuilder text, PathEnsemble ensemble, int k, Scale scale)
    {
        var points = ensemble.Points;
        var start = scale.At(0, Start(ensemble, k));
        var upper = points.Select(point => scale.At(point.Time, point.Eigenvalues[k].High));
        var lower = points.Reverse().Select(point => scale.At(point.Time, point.Eigenvalues[k].Low));
        var mean = points.Select(point => scale.At(point.Time, point.Eigenvalues[k].Mean.Value));
        text.Append(CultureInfo.InvariantCulture, $"<path fill=\"{Colors[k]}\" fill-opacity=\".22\" d=\"M{start} {string.Join(' ', upper.Concat(lower))}Z\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{Colors[k]}\" stroke-width=\"2\" stroke-linejoin=\"round\" d=\"M{start} {string.Join(' ', mean)}\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 8}\" y=\"{scale.Y(points[^1].Eigenvalues[k].Mean.Value) + 4:0.##}\">\u03bb<tspan font-size=\"10\" dy=\"4\">{k + 1}</tspan></text>\n");
    }

    private static double Start(PathEnsemble ensemble, int k)
    {
        var sigma = ensemble.Options.Start.SingularValues[^(k + 1)];
        return sigma * sigma;
    }

    /// <summary>1, 2 or 5 times a power of ten, so that there are four to ten steps.</summary>
    private static double TickStep(double length)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(length)) - 1);
        return power * (length / power) switch { > 50 => 10, > 20 => 5, _ => 2 };
    }

    private readonly record struct Scale(double PerTime, double PerUnit)
    {
        public double X(double time) => Left + (time * PerTime);

        public double Y(double value) => Height - Bottom - (value * PerUnit);

        public string At(double time, double value) => string.Create(CultureInfo.InvariantCulture, $"{X(time):0.##},{Y(value):0.##}");
    }
}
