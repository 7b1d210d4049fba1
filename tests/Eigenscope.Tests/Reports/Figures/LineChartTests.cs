using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Eigenscope.Reports;
using Xunit;

namespace Eigenscope.Tests.Reports.Figures;

public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Lines_bands_marks_and_names_are_drawn()
    {
        var drawing = Drawn(Chart() with { Title = "a < b & c" });
        Assert.Equal("a < b & c", drawing.Element(Svg + "title")!.Value);
        Assert.Equal(2, drawing.Elements(Svg + "path").Count(path => path.Attribute("stroke-linejoin") is not null));
        Assert.Single(drawing.Elements(Svg + "path"), path => path.Attribute("fill-opacity") is not null);
        Assert.Equal(3, drawing.Elements(Svg + "circle").Count(circle => circle.Attribute("r")!.Value == "3"));
        var texts = drawing.Elements(Svg + "text").Select(text => text.Value).ToList();
        Assert.All((string[])["rate", "error", "first", "second"], name => Assert.Contains(name, texts));
    }

    /// <summary>A line from the lower left to the upper right of its scale goes through the middle.</summary>
    [Theory]
    [InlineData(false, 1, 2, 3)]
    [InlineData(true, 1, 32, 1024)]
    public void Places_follow_the_scale(bool isLog, double low, double middle, double high)
    {
        var drawing = Drawn(new LineChart { Title = "", X = "", Y = "", IsLogX = isLog, IsLogY = isLog, Lines = [new("", [(low, low), (middle, middle), (high, high)])] });
        var path = drawing.Elements(Svg + "path").Single(element => element.Attribute("stroke-linejoin") is not null).Attribute("d")!.Value;
        var points = path[1..].Split(' ').Select(point => point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal((points[0][0] + points[2][0]) / 2, points[1][0], 0.02);
        Assert.Equal((points[0][1] + points[2][1]) / 2, points[1][1], 0.02);
        Assert.True(points[0][0] < points[2][0] && points[0][1] > points[2][1]);
    }

    [Fact]
    public void What_cannot_be_drawn_breaks_the_line()
    {
        var drawing = Drawn(new LineChart { Title = "", X = "", Y = "", IsLogY = true, Lines = [new("", [(1, 1), (2, 10), (3, 0), (4, double.NaN), (5, 5), (6, 7)])] });
        var path = drawing.Elements(Svg + "path").Single(element => element.Attribute("stroke-linejoin") is not null).Attribute("d")!.Value;
        Assert.Equal(2, path.Count(letter => letter == 'M'));
    }

    [Fact]
    public void Ticks_are_round_numbers_inside_the_axis()
    {
        var texts = Drawn(Chart()).Elements(Svg + "text").Select(text => text.Value).Where(text => double.TryParse(text, CultureInfo.InvariantCulture, out _)).ToList();
        Assert.Contains("0.2", texts);
        Assert.DoesNotContain(texts, text => text.Length > 6);
    }

    [Fact]
    public void Nothing_is_no_chart() => Assert.Throws<InvalidOperationException>(() => new LineChart { Title = "", X = "", Y = "", Lines = [new("", [(1, double.NaN)])] }.ToSvg());

    [Fact]
    public void The_same_chart_has_the_same_bytes() => Assert.Equal(Chart().ToSvg(), Chart().ToSvg());

    private static LineChart Chart() => new()
    {
        Title = "errors",
        X = "rate",
        Y = "error",
        Lines =
        [
            new("first", [(0, 0.1), (1, 0.2), (2, 0.4)]) { Band = [(0.05, 0.15), (0.1, 0.3), (0.3, 0.5)], HasMarks = true },
            new("second", [(0, 0.3), (2, 0.25)]) { IsDashed = true },
        ],
    };

    private static XElement Drawn(LineChart chart) => XDocument.Parse(Encoding.UTF8.GetString(chart.ToSvg())).Root!;
}
