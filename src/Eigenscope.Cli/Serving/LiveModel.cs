using Eigenscope.Analysis;
using Eigenscope.Learning;
using Eigenscope.Models;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Serving;

/// <summary>An open model, and the analyses of its layers so far. One thread adds to them, any may read.</summary>
internal sealed class LiveModel(Model model, AnalysisOptions options) : ServedResult, IDisposable
{
    private volatile ModelAnalysis current = ModelAnalysis.Begin(model, options);

    public override ResultDocument Document => ResultDocument.OfLive(current);

    public override ResultDocument WholeDocument => ResultDocument.Of([current])[0];

    public override byte[]? Spectrum(int row) => Layer(row) is { } layer ? PageContent.Spectrum(layer) : null;

    public override byte[]? Row(int row) => Layer(row) is { } layer ? JsonReport.Row(layer) : null;

    public override byte[] Summary() => JsonReport.Summary(current.Summary);

    public override LayerReading Reading(int row) => LayerReading.Of(model.Path, current.Layers[row]);

    /// <summary>True where a row can be analysed and was not yet.</summary>
    public bool IsPending(int row) => Layer(row) is { Status: LayerStatus.Pending };

    /// <summary>Analyses a pending row.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and the row is still pending.</exception>
    public void Analyze(int row, CancellationToken cancellation)
    {
        var pending = current.Layers[row];
        current = current.With(Analyze(pending, cancellation));
    }

    public void Dispose() => model.Dispose();

    /// <summary>Whatever goes wrong with a layer stays with that layer; the explorer goes on.</summary>
    private LayerAnalysis Analyze(LayerAnalysis pending, CancellationToken cancellation)
    {
        try
        {
            return current.Analyze(pending, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return pending with { Status = LayerStatus.Failed, Reason = $"the analysis ended with {e.GetType().Name}" };
        }
    }

    private LayerAnalysis? Layer(int row) => row >= 0 && row < current.Layers.Count ? current.Layers[row] : null;
}
