using System.CommandLine;
using Eigenscope.Cli.Terminal;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of every command that prints a result.</summary>
internal sealed class OutputOptions
{
    private const string Table = "table";
    private const string JsonFormat = "json";
    private const string CsvFormat = "csv";

    private readonly Option<string?> format = ChoiceOption.Create("--format", "table for people, json or csv for programs", hasDefault: true, Table, JsonFormat, CsvFormat);
    private readonly Option<string?> output = new("--out", "-o") { Description = "write the result to a file instead of standard output", HelpName = "PATH" };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "no progress and no notes on standard error" };
    private readonly Option<bool> noColor = new("--no-color") { Description = "no colours (NO_COLOR does the same)" };

    public OutputOptions(Command command)
    {
        command.Options.Add(format);
        command.Options.Add(output);
        command.Options.Add(quiet);
        command.Options.Add(noColor);
    }

    /// <summary>What the user wants of progress.</summary>
    public ProgressWish Progress(ParseResult parsed) => new(parsed.GetValue(quiet), parsed.GetValue(noColor));

    /// <summary>True for JSON and CSV.</summary>
    public bool IsForPrograms(ParseResult parsed) => parsed.GetValue(format) != Table;

    /// <summary>Where the result goes; null for standard output.</summary>
    public string? File(ParseResult parsed) => parsed.GetValue(output);

    /// <summary>True where the result goes into a file.</summary>
    public bool HasFile(ParseResult parsed) => parsed.GetValue(output) is not null;

    /// <summary>Gives empty screens for standard output.</summary>
    public Func<TextScreen> Screen(ParseResult parsed) => () => TextScreen.ForStandardOutput(parsed.GetValue(noColor));

    /// <summary>Throws where --out cannot be written, before any work is done.</summary>
    public void Check(ParseResult parsed) => OutputFile.RequireWritable(parsed.GetValue(output));

    /// <summary>Writes a result in the format that was asked for.</summary>
    public void Write(ParseResult parsed, Action<TextScreen> table, Func<byte[]> json, Func<byte[]> csv)
    {
        var path = parsed.GetValue(output);
        switch (parsed.GetValue(format))
        {
            case JsonFormat:
                OutputFile.Write(path, json());
                break;
            case CsvFormat:
                OutputFile.Write(path, csv());
                break;
            default:
                var screen = path is null ? TextScreen.ForStandardOutput(parsed.GetValue(noColor)) : TextScreen.ForFile();
                table(screen);
                OutputFile.Write(path, screen.Content);
                break;
        }
    }
}
