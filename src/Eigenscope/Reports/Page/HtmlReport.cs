using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Eigenscope.Reports.Page;

/// <summary>
/// The page as one file: it holds the results, the spectra that it draws, its script and its style, asks nothing of any host, and opens from a disk. Its policy lets nothing else run or load.
/// </summary>
public static class HtmlReport
{
    /// <summary>The page of saved results. UTF-8.</summary>
    /// <param name="results">At least one.</param>
    /// <exception cref="PageUnavailableException">This build has no page.</exception>
    public static byte[] Of(IReadOnlyList<ResultDocument> results)
    {
        var (script, style) = (PageBundle.Script, PageBundle.Style);
        var title = results.Count == 1 ? results[0].ModelPath : $"{results.Count} models";
        var page = new ArrayBufferWriter<byte>();
        page.Write(Utf8($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data: blob:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="eigenscope {JsonReport.Version}">
            <title>{WebUtility.HtmlEncode(title)} · Eigenscope</title>
            <link rel="icon" href="data:,">
            <style>
            """));
        page.Write(style);
        page.Write(Utf8($"""
            </style>
            </head>
            <body>
            <div id="page"><p class="loading">Reading the result …</p></div>
            <noscript>This page draws its figures by a script of its own; it asks nothing of any host.</noscript>
            <script type="application/json" id="data">
            """));
        page.Write(PageData.Of(results));
        page.Write("</script>\n"u8);
        WriteSpectra(page, results);
        page.Write("<script>"u8);
        page.Write(script);
        page.Write("</script>\n</body>\n</html>\n"u8);
        return page.WrittenSpan.ToArray();
    }

    private static void WriteSpectra(ArrayBufferWriter<byte> page, IReadOnlyList<ResultDocument> results)
    {
        var budget = SpectrumView.Budget(results.Sum(result => result.Layers.Count(layer => layer.Eigenvalues is not null)));
        for (var model = 0; model < results.Count; model++)
        {
            for (var row = 0; row < results[model].Layers.Count; row++)
            {
                if (results[model].Layers[row] is { Eigenvalues: { } eigenvalues } layer)
                {
                    page.Write(Utf8(string.Create(CultureInfo.InvariantCulture, $"<script type=\"application/json\" data-spectrum=\"{model}/{row}\">")));
                    page.Write(SpectrumView.Of(layer, eigenvalues, budget));
                    page.Write("</script>\n"u8);
                }
            }
        }
    }

    private static string Hash(byte[] content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(content))}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
