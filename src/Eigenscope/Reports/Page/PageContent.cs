using System.Buffers;
using System.Text.Json;
using Eigenscope.Analysis;

namespace Eigenscope.Reports.Page;

/// <summary>What a page asks for while it is open: the data that <see cref="HtmlReport"/> has inside, piece by piece. All of it is JSON in UTF-8.</summary>
public static class PageContent
{
    /// <summary>What every metric means, and the results without their eigenvalues.</summary>
    /// <param name="results">The results; none where there are only lessons.</param>
    public static byte[] Data(IReadOnlyList<ResultDocument> results) => PageData.Of(results);

    /// <summary>The spectrum of a row of a saved result and the laws beside it; null where there is no such row, or none of its eigenvalues.</summary>
    public static byte[]? Spectrum(ResultDocument result, int row) => RowAt(result, row) is { } layer ? Spectrum(layer) : null;

    /// <summary>The spectrum of a layer and the laws beside it; null where it was not analysed.</summary>
    public static byte[]? Spectrum(LayerAnalysis layer) =>
        layer.Spectrum is null ? null : Spectrum(ResultLayer.Check(JsonElement.Parse(JsonReport.WholeRow(layer)), layer.Layer.Name));

    /// <summary>A row of a saved result, without eigenvalues; null where there is no such row.</summary>
    public static byte[]? Row(ResultDocument result, int row) => RowAt(result, row) is { } layer ? Bytes(json => PageData.WriteWithoutSpectrum(json, layer.Row)) : null;

    /// <summary>The summary of a saved result.</summary>
    public static byte[] Summary(ResultDocument result) => Bytes(result.Root.GetProperty("summary").WriteTo);

    private static byte[]? Spectrum(ResultLayer layer) => layer.Eigenvalues is { } eigenvalues ? SpectrumView.Of(layer, eigenvalues, SpectrumView.Budget(layers: 1)) : null;

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static ResultLayer? RowAt(ResultDocument result, int row) => row >= 0 && row < result.Layers.Count ? result.Layers[row] : null;
}
