using System.Text.Json;
using Eigenscope.Learning;
using Eigenscope.Models.Layers;
using Eigenscope.Reports.Page;

namespace Eigenscope.Reports;

/// <summary>What lessons read of a layer of a saved result.</summary>
public static class SavedReading
{
    /// <summary>A row of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="row">The index of the row.</param>
    /// <returns>The layer; or null, and in a line why it cannot be read.</returns>
    public static (LayerReading? Reading, string? Reason) Of(ResultDocument result, int row) =>
        row >= 0 && row < result.Layers.Count ? Of(result.ModelPath, result.Layers[row]) : (null, $"{result.ModelPath}: there is no row {row}");

    private static (LayerReading? Reading, string? Reason) Of(string model, ResultLayer layer)
    {
        var name = layer.Row.GetProperty("name").GetString()!;
        var (rows, columns) = (Size(layer, "rows"), Size(layer, "cols"));
        return !layer.IsAnalyzed ? (null, $"{model}: {name}: {Reason(layer) ?? "not analysed"}")
            : layer.Eigenvalues is not { } eigenvalues ? (null, $"{model}: {name}: the result was saved without eigenvalues; analyze --esd --format json saves them")
            : Kind(layer) == LayerKind.LowRank && eigenvalues.Length <= Math.Min(rows, columns) ? (LayerReading.OfProduct(model, name, rows, columns, eigenvalues, metric => layer[metric]), null)
            : IsApproximate(layer) || eigenvalues.Length != Math.Min(rows, columns) ? (null, $"{model}: {name} is analysed as several matrices or in part; a lesson wants one whole matrix")
            : (LayerReading.OfMatrix(model, name, Kind(layer), rows, columns, eigenvalues, metric => layer[metric]), null);
    }

    private static string? Reason(ResultLayer layer) => layer.Row.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString() : null;

    private static string? Kind(ResultLayer layer) => layer.Row.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;

    private static int Size(ResultLayer layer, string name) =>
        layer.Row.TryGetProperty(name, out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var value) ? value : 0;

    private static bool IsApproximate(ResultLayer layer) =>
        layer.Row.TryGetProperty("spectrum", out var spectrum) && spectrum.ValueKind == JsonValueKind.Object && spectrum.TryGetProperty("approximation", out _);
}
