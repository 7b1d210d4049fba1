using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>
/// Where tables for people are drawn: in memory first, so that output appears whole. Colours only on a terminal that wants them.
/// </summary>
internal sealed class TextScreen
{
    private const int PipeWidth = 160;
    private const int LeastWidth = 40;

    private readonly StringBuilder text = new();

    private TextScreen(int width, bool color)
    {
        Width = Math.Max(LeastWidth, width);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" }),
        });
        Console.Profile.Width = Width;
        Console.Profile.Capabilities.Unicode = true;
    }

    /// <summary>The number of columns that a line may take.</summary>
    public int Width { get; }

    /// <summary>What to draw on.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>What has been drawn, as UTF-8, without blanks at the ends of lines.</summary>
    public byte[] Content => Encoding.UTF8.GetBytes(string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd(' '))));

    public static TextScreen ForStandardOutput(bool noColor) => System.Console.IsOutputRedirected
        ? ForFile()
        : new TextScreen(System.Console.WindowWidth, !noColor && WantsColor());

    public static TextScreen ForFile() =>
        new(int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out var columns) ? columns : PipeWidth, color: false);

    /// <summary>True unless NO_COLOR is set to anything, or TERM says dumb.</summary>
    public static bool WantsColor() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Writes a line of text, wrapped at words; square brackets are taken as they are.</summary>
    public void Line(string line = "") => Console.Write(new Text(line + "\n"));

    /// <summary>Writes a line that carries markup.</summary>
    public void Marked(string markup) => Console.Write(new Markup(markup + "\n"));
}
