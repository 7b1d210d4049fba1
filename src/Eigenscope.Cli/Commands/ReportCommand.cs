using System.CommandLine;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>report RESULT...</c>: a page from saved results.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("RESULT") { Description = "a result that analyze --format json wrote, best with --esd; several are shown side by side; - is standard input", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--out", "-o") { Description = "write the page to a file instead of standard output", HelpName = "PATH" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "no notes on standard error" };
        var command = new Command("report", "Make a page of saved results: one HTML file with figures to look at and play with.") { paths, output, quiet };
        var figures = new PageOptions(command, isPage: true);
        command.SetAction((parsed, cancellation) =>
        {
            OutputFile.RequireWritable(parsed.GetValue(output));
            figures.Check(parsed);
            PageBundle.Require();
            var results = ResultFiles.Read(parsed.GetValue(paths)!);
            var page = HtmlReport.Of(results);
            OutputFile.Write(parsed.GetValue(output), page);
            figures.WriteFigures(parsed, page, cancellation);
            if (!parsed.GetValue(quiet))
            {
                SayWhatIsMissing(results);
            }

            return Task.FromResult(ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope report result.json -o result.html");
        return command;
    }

    private static void SayWhatIsMissing(List<ResultDocument> results)
    {
        foreach (var result in results.Where(result => result.WithoutSpectrum > 0))
        {
            Console.Error.WriteLine($"eigenscope: {result.ModelPath}: the result holds no eigenvalues of {result.WithoutSpectrum} of {result.Analyzed} layers, so the page has no figures of their spectra, fits and ranks; analyze --esd saves them");
        }
    }
}
