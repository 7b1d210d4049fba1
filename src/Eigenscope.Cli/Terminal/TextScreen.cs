using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Eigenscope.Cli.Terminal;

/// <summary>
/// Where tables for people are drawn: in memory first, so that output appears whole. Colours only on a terminal that wants them.
/// </summary>
internal sealed partial class TextScreen
{
    private const int PipeWidth = 160;
    private const int LeastWidth = 40;

    private readonly StringBuilder text = new();
    private readonly bool color;

    private TextScreen(int width, bool color)
    {
        this.color = color;
        Width = Math.Max(LeastWidth, width);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
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

    /// <summary>What has been drawn, as UTF-8, without blanks at the ends of lines, and without any escape sequence where no colour is wanted.</summary>
    public byte[] Content => Encoding.UTF8.GetBytes(string.Join('\n', Drawn().Split('\n').Select(line => line.TrimEnd(' '))));

    public static TextScreen ForStandardOutput(bool noColor) => System.Console.IsOutputRedirected
        ? ForFile()
        : new TextScreen(System.Console.WindowWidth, !noColor && WantsColor());

    public static TextScreen ForFile() =>
        new(int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out var columns) ? columns : PipeWidth, color: false);

    /// <summary>True unless NO_COLOR is set to anything, or TERM says dumb.</summary>
    public static bool WantsColor() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Writes a line of text, wrapped at words; square brackets are taken as they are.</summary>
    public void Line(string line = "") => Console.Write(new Text(Printable(line) + "\n"));

    /// <summary>Writes a line that carries markup.</summary>
    public void Marked(string markup) => Console.Write(new Markup(Printable(markup) + "\n"));

    /// <summary>Names come from files: a control character in one must not reach the terminal.</summary>
    private static string Printable(string line) => string.Concat(line.Select(c => char.IsControl(c) ? '?' : c));

    private string Drawn() => color ? text.ToString() : EscapeSequence().Replace(text.ToString(), "");

    [GeneratedRegex("\x1b\\[[0-9;]*m")]
    private static partial Regex EscapeSequence();
}
