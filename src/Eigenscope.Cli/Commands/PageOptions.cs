using System.CommandLine;
using Eigenscope.Cli.Figures;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of every command whose result can become a page, or the figures of one.</summary>
internal sealed class PageOptions
{
    private readonly Option<string?> report = new("--report") { Description = "write the result as a page too: one HTML file with figures to look at and play with", HelpName = "FILE" };
    private readonly Option<string?> figures = new("--figures") { Description = "write the figures of the page as SVG files, drawn by a Chromium, Chrome or Edge on this machine", HelpName = "DIR" };

    /// <summary>Adds them; a command whose result is a page anyway has no <c>--report</c>.</summary>
    public PageOptions(Command command, bool isPage = false)
    {
        if (!isPage)
        {
            command.Options.Add(report);
        }

        command.Options.Add(figures);
    }

    /// <summary>Throws where the page or its figures cannot be made or written, before any work is done.</summary>
    public void Check(ParseResult parsed)
    {
        OutputFile.RequireWritable(parsed.GetValue(report), "--report");
        if (parsed.GetValue(figures) is { } folder)
        {
            FigureFiles.Check(folder);
        }

        if (parsed.GetValue(report) is not null || parsed.GetValue(figures) is not null)
        {
            PageBundle.Require();
        }
    }

    /// <summary>Writes the page and its figures, as far as they were asked for.</summary>
    public void Write(ParseResult parsed, Func<byte[]> page, CancellationToken cancellation)
    {
        if ((parsed.GetValue(report) ?? parsed.GetValue(figures)) is null)
        {
            return;
        }

        var content = page();
        if (parsed.GetValue(report) is { } path)
        {
            OutputFile.Write(path, content);
        }

        WriteFigures(parsed, content, cancellation);
    }

    /// <summary>Writes the figures of a page, where they were asked for.</summary>
    public void WriteFigures(ParseResult parsed, byte[] page, CancellationToken cancellation)
    {
        if (parsed.GetValue(figures) is { } folder)
        {
            FigureFiles.Write(page, folder, cancellation);
        }
    }
}
