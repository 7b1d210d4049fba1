using System.CommandLine;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>report RESULT...</c>: a page from saved results.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("RESULT") { Description = "a result that analyze, compare, track or merge --format json wrote, best with --esd; several of analyze are shown side by side; - is standard input", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--out", "-o") { Description = "write the page to a file instead of standard output", HelpName = "PATH" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "no notes on standard error" };
        var command = new Command("report", "Make a page of saved results: one HTML file with figures to look at and play with.") { paths, output, quiet };
        var figures = new PageOptions(command, isPage: true);
        command.SetAction((parsed, cancellation) =>
        {
            OutputFile.RequireWritable(parsed.GetValue(output));
            figures.Check(parsed);
            PageBundle.Require();
            var saved = ResultFiles.Read(parsed.GetValue(paths)!);
            var page = PageOf(saved);
            OutputFile.Write(parsed.GetValue(output), page);
            figures.WriteFigures(parsed, page, cancellation);
            if (!parsed.GetValue(quiet))
            {
                SayWhatIsMissing(saved);
            }

            return Task.FromResult(ExitCode.Done);
        });
        HelpExample.AddTo(command, "eigenscope report result.json -o result.html");
        return command;
    }

    private static byte[] PageOf(SavedDocument saved) => saved switch
    {
        { Comparison: { } comparison } => HtmlReport.Of(comparison),
        { Trajectory: { } trajectory } => HtmlReport.Of(trajectory),
        { Merge: { } merge } => HtmlReport.Of(merge),
        _ => HtmlReport.Of(saved.Results),
    };

    private static void SayWhatIsMissing(SavedDocument saved)
    {
        if (saved.Comparison is { WithoutSpectrum: > 0 } comparison)
        {
            Console.Error.WriteLine($"eigenscope: {comparison.Title}: the comparison holds no eigenvalues of {comparison.WithoutSpectrum} of {comparison.Analyzed} layers and no overlaps of their singular vectors, so the page has no figures of these; compare --esd saves them");
        }

        if (saved.Trajectory is { WithoutSpectrum: > 0 } trajectory)
        {
            Console.Error.WriteLine($"eigenscope: {trajectory.Title}: the trajectory holds no eigenvalues of {trajectory.WithoutSpectrum} of {trajectory.Analyzed} layers of checkpoints, so the page has no figures of these; track --esd saves them");
        }

        if (saved.Merge is { HasSpectra: false } merge)
        {
            Console.Error.WriteLine($"eigenscope: {merge.Title}: the merge was done without spectra, so the page has no figures of these before and after");
        }

        foreach (var result in saved.Results.Where(result => result.WithoutSpectrum > 0))
        {
            Console.Error.WriteLine($"eigenscope: {result.ModelPath}: the result holds no eigenvalues of {result.WithoutSpectrum} of {result.Analyzed} layers, so the page has no figures of their spectra, fits and ranks; analyze --esd saves them");
        }
    }
}
