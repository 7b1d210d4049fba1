using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Eigenscope.Learning;

namespace Eigenscope.Reports.Page;

/// <summary>
/// The page as one file: it holds the results, the spectra that it draws, its script and its style, asks nothing of any host, and opens from a disk. Its policy lets nothing else run or load.
/// </summary>
public static class HtmlReport
{
    /// <summary>The page of saved results. UTF-8.</summary>
    /// <param name="results">At least one.</param>
    /// <exception cref="PageUnavailableException">This build has no page.</exception>
    public static byte[] Of(IReadOnlyList<ResultDocument> results) =>
        Of(results.Count == 1 ? results[0].ModelPath : $"{results.Count} models", PageData.Of(results), results, []);

    /// <summary>The page of a comparison. UTF-8.</summary>
    /// <exception cref="PageUnavailableException">This build has no page.</exception>
    public static byte[] Of(ComparisonDocument comparison) => Of(comparison.Title, PageData.Of(comparison), comparison.Results, comparison.Pairs);

    /// <summary>The page of a trajectory. UTF-8.</summary>
    /// <exception cref="PageUnavailableException">This build has no page.</exception>
    public static byte[] Of(TrajectoryDocument trajectory) => Of(trajectory.Title, PageData.Of(trajectory), trajectory.Results, []);

    /// <summary>The page of a merge. UTF-8.</summary>
    /// <exception cref="PageUnavailableException">This build has no page.</exception>
    public static byte[] Of(MergeDocument merge) => Of(merge.Title, PageData.Of(merge), [], []);

    /// <summary>The page of a lesson. UTF-8.</summary>
    /// <exception cref="PageUnavailableException">This build has no page.</exception>
    public static byte[] Of(Lesson lesson) => Of(lesson.Topic.Title, PageData.Of(lesson), [], []);

    private static byte[] Of(string title, byte[] data, IReadOnlyList<ResultDocument> results, IReadOnlyList<ComparedPair> pairs)
    {
        var (script, style) = (PageBundle.Script, PageBundle.Style);
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
        page.Write(data);
        page.Write("</script>\n"u8);
        WriteSpectra(page, results, pairs);
        page.Write("<script>"u8);
        page.Write(script);
        page.Write("</script>\n</body>\n</html>\n"u8);
        return page.WrittenSpan.ToArray();
    }

    private static void WriteSpectra(ArrayBufferWriter<byte> page, IReadOnlyList<ResultDocument> results, IReadOnlyList<ComparedPair> pairs)
    {
        var budget = SpectrumView.Budget(results.Sum(result => result.Layers.Count(layer => layer.Eigenvalues is not null)) + pairs.Count(pair => pair.Change?.Eigenvalues is not null));
        for (var model = 0; model < results.Count; model++)
        {
            for (var row = 0; row < results[model].Layers.Count; row++)
            {
                if (results[model].Layers[row] is { Eigenvalues: { } eigenvalues } layer)
                {
                    WriteData(page, "spectrum", model, row, SpectrumView.Of(layer, eigenvalues, budget));
                }
            }
        }

        foreach (var pair in pairs.Where(pair => pair.IsDrawn))
        {
            WriteData(page, "pair", pair.Model, pair.Layer, pair.View(budget));
        }
    }

    private static void WriteData(ArrayBufferWriter<byte> page, string kind, int model, int row, byte[] data)
    {
        page.Write(Utf8(string.Create(CultureInfo.InvariantCulture, $"<script type=\"application/json\" data-{kind}=\"{model}/{row}\">")));
        page.Write(data);
        page.Write("</script>\n"u8);
    }

    private static string Hash(byte[] content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(content))}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
