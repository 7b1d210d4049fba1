using Eigenscope.Learning;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Serving;

/// <summary>A result that was read from a file, and stays as it is.</summary>
internal sealed class SavedResult(ResultDocument document) : ServedResult
{
    public override ResultDocument Document => document;

    public override ResultDocument WholeDocument => document;

    public override byte[]? Spectrum(int row) => PageContent.Spectrum(document, row);

    public override byte[]? Row(int row) => PageContent.Row(document, row);

    public override byte[] Summary() => PageContent.Summary(document);

    public override LayerReading Reading(int row)
    {
        var (reading, reason) = SavedReading.Of(document, row);
        return reading ?? throw new LessonException(reason!);
    }
}
