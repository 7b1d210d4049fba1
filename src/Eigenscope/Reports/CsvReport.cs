using System.Globalization;
using System.Text;
using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Reports;

/// <summary>Results as CSV (RFC 4180, but with newlines of one character): one row a layer, the names of the JSON result, empty where null.</summary>
public static class CsvReport
{
    private static readonly string[] Leading =
        ["model", "id", "name", "tensor", "part_of", "role", "block", "kind", "dtype", "rows", "cols", "status", "reason"];

    /// <summary>The rows of all analyses under one header; UTF-8.</summary>
    /// <param name="analyses">At least one analysis, all with the same options.</param>
    public static byte[] Of(IReadOnlyList<ModelAnalysis> analyses)
    {
        var metrics = analyses[0].Options.Metrics.Select(metric => metric.Name).ToList();
        var rows = analyses.SelectMany(analysis => analysis.Layers.Select(layer => Row(analysis.Model, layer, metrics)));
        return Table(rows.Prepend([.. Leading, .. metrics, "phase", "tail_law", "verdict", "verdict_reason", "warning", "warnings"]));
    }

    /// <summary>Rows of fields as CSV; UTF-8.</summary>
    internal static byte[] Table(IEnumerable<IEnumerable<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string?> Row(Model model, LayerAnalysis layer, List<string> metrics)
    {
        var matrix = layer.Layer;
        return
        [
            model.Path,
            matrix.Id.ToString(CultureInfo.InvariantCulture),
            matrix.Name,
            matrix.Tensor.Name,
            matrix.PartOf,
            matrix.Role.Text(),
            matrix.Description.Block?.ToString(CultureInfo.InvariantCulture),
            matrix.Description.Kind,
            matrix.Tensor.TypeName,
            matrix.Rows == 0 ? null : matrix.Rows.ToString(CultureInfo.InvariantCulture),
            matrix.Columns == 0 ? null : matrix.Columns.ToString(CultureInfo.InvariantCulture),
            layer.Status.ToString().ToLowerInvariant(),
            layer.Reason,
            .. metrics.Select(name => layer[name]?.ToString("R", CultureInfo.InvariantCulture)),
            layer.Findings?.Phase?.Text(),
            layer.Findings?.TailLaw?.Text(),
            layer.Verdict?.Text,
            layer.Verdict?.Reason,
            LayerWarnings.WeightWatcherLabel(layer),
            string.Join("; ", layer.Warnings),
        ];
    }

    internal static string Quoted(string? field) =>
        field is null ? "" : field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;
}
