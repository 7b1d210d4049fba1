using System.CommandLine;
using Eigenscope.Analysis;
using Eigenscope.Cli.Terminal;
using Eigenscope.Comparison;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary>A result in every form that it can be written in.</summary>
/// <param name="Table">For people.</param>
/// <param name="Json">As JSON.</param>
/// <param name="Csv">As CSV.</param>
/// <param name="Page">As a page.</param>
/// <param name="HasFailures">True where a layer failed.</param>
internal sealed record ResultForms(Action<TextScreen> Table, Func<byte[]> Json, Func<byte[]> Csv, Func<byte[]> Page, bool HasFailures)
{
    /// <summary>What the exit code says of it.</summary>
    public int Code => HasFailures ? ExitCode.SomeLayersFailed : ExitCode.Done;

    /// <summary>Analyses of models.</summary>
    public static ResultForms Of(IReadOnlyList<ModelAnalysis> results) => new(
        screen => AnalysisTable.Print(screen, results), () => JsonReport.Of(results), () => CsvReport.Of(results), () => HtmlReport.Of(ResultDocument.Of(results)), results.Any(result => result.HasFailures));

    /// <summary>A comparison.</summary>
    public static ResultForms Of(ModelComparison result) => new(
        screen => ComparisonTable.Print(screen, result), () => ComparisonJson.Of(result), () => ComparisonCsv.Of(result), () => HtmlReport.Of(ComparisonDocument.Of(result)), result.HasFailures);

    /// <summary>Writes the forms that were asked for.</summary>
    public void Write(ParseResult parsed, OutputOptions output, PageOptions page, CancellationToken cancellation)
    {
        output.Write(parsed, Table, Json, Csv);
        page.Write(parsed, Page, cancellation);
    }
}
