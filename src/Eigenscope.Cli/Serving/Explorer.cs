using Eigenscope.Analysis;
using Eigenscope.Cli.Commands;
using Eigenscope.Models;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Serving;

/// <summary>What the explorer shows: saved results and open models, in the order in which they were named.</summary>
internal sealed class Explorer : IDisposable
{
    private readonly List<ServedResult> results = [];

    private Explorer()
    {
    }

    /// <summary>The layers that clients wait for.</summary>
    public AnalysisQueue Queue { get; } = new();

    /// <summary>The data of the page.</summary>
    public byte[] Data => PageContent.Data(results.ConvertAll(result => result.Document));

    /// <summary>All that is known by now, as a report; null where nothing but lessons is shown.</summary>
    public byte[]? Report => results.Count == 0 ? null : HtmlReport.Of(results.ConvertAll(result => result.WholeDocument));

    /// <summary>Opens everything before the first is shown.</summary>
    public static Explorer Open(IEnumerable<string> paths, AnalysisOptions options)
    {
        var explorer = new Explorer();
        try
        {
            foreach (var path in paths)
            {
                explorer.results.AddRange(ResultFiles.TryRead(path) is { } saved ? saved.Select(document => new SavedResult(document)) : [Live(path, options)]);
            }

            return explorer;
        }
        catch
        {
            explorer.Dispose();
            throw;
        }
    }

    /// <summary>A result by its index; null where there is none.</summary>
    public ServedResult? At(int index) => index >= 0 && index < results.Count ? results[index] : null;

    public void Dispose() => results.OfType<LiveModel>().ToList().ForEach(model => model.Dispose());

    private static LiveModel Live(string path, AnalysisOptions options)
    {
        var model = Model.Open(path);
        try
        {
            LayerChoice.RequireAny([model], options);
            return new LiveModel(model, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
