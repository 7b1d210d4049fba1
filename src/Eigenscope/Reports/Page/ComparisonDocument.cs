using System.Text.Json;
using Eigenscope.Comparison;

namespace Eigenscope.Reports.Page;

/// <summary>A saved comparison, schema <c>eigenscope/comparison/1</c>, checked as far as a page relies on it.</summary>
public sealed class ComparisonDocument
{
    private ComparisonDocument(JsonElement root, IReadOnlyList<ResultDocument> results, IReadOnlyList<ComparedPair> pairs) => (Root, Results, Pairs) = (root, results, pairs);

    /// <summary>How many layers were analysed in all models together.</summary>
    public int Analyzed => Results.Sum(result => result.Analyzed);

    /// <summary>How many of them are without eigenvalues, so that nothing can be drawn of their spectra.</summary>
    public int WithoutSpectrum => Results.Sum(result => result.WithoutSpectrum);

    /// <summary>The models in a few words.</summary>
    public string Title => string.Join(" beside ", Results.Select(result => result.ModelPath));

    /// <summary>The document as it was read.</summary>
    internal JsonElement Root { get; }

    /// <summary>Each model by its layers that have a counterpart, as a result of its own.</summary>
    internal IReadOnlyList<ResultDocument> Results { get; }

    /// <summary>What is between a layer of a compared model and its counterpart.</summary>
    internal IReadOnlyList<ComparedPair> Pairs { get; }

    /// <summary>The document of a comparison, with its eigenvalues and overlaps whether the options ask for them or not.</summary>
    public static ComparisonDocument Of(ModelComparison comparison)
    {
        var options = comparison.Options with { Analysis = comparison.Options.Analysis with { KeepEigenvalues = true } };
        return Check(ResultDocument.Read(ComparisonJson.Of(comparison with { Options = options }), "comparison"), "comparison");
    }

    /// <summary>Checks a document.</summary>
    /// <exception cref="ResultFormatException">It is no such comparison.</exception>
    internal static ComparisonDocument Check(JsonElement root, string source)
    {
        var document = DocumentPart.Of(root, source);
        var pairs = ComparisonCheck.Of(document);
        var models = document.Parts("models").Count;
        return new(root, [.. Enumerable.Range(0, models).Select(model => ResultOf(document, model))], pairs);
    }

    /// <summary>The rows of one model as they stand in the layers.</summary>
    private static ResultDocument ResultOf(DocumentPart document, int model)
    {
        var rows = document.Parts("layers").Select(layer => layer.PartsOrNull("models")[model]).OfType<DocumentPart>().Select(row => ResultLayer.Check(row.Element, row.Place)).ToList();
        return ResultDocument.Of(document, document.Parts("models")[model].Element, rows, json =>
        {
            foreach (var status in (string[])["analyzed", "skipped", "failed"])
            {
                json.WriteNumber($"layers_{status}", rows.Count(row => row.Row.GetProperty("status").ValueEquals(status)));
            }
        });
    }
}
