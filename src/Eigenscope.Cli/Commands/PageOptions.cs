using System.CommandLine;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of every command whose result can become a page.</summary>
internal sealed class PageOptions
{
    private readonly Option<string?> report = new("--report") { Description = "write the result as a page too: one HTML file with figures to look at and play with", HelpName = "FILE" };

    public PageOptions(Command command) => command.Options.Add(report);

    /// <summary>Throws where the page cannot be written or built, before any work is done.</summary>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(report) is { } path)
        {
            OutputFile.RequireWritable(path, "--report");
            PageBundle.Require();
        }
    }

    /// <summary>Writes the page, where it was asked for.</summary>
    public void Write(ParseResult parsed, Func<IReadOnlyList<ResultDocument>> results)
    {
        if (parsed.GetValue(report) is { } path)
        {
            OutputFile.Write(path, HtmlReport.Of(results()));
        }
    }
}
