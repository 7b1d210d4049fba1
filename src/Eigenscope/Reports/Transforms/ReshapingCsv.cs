using System.Globalization;
using Eigenscope.Models.Layers;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>What a command that changes weights did, as CSV: one row a layer, the names of the JSON result, empty where null.</summary>
public static class ReshapingCsv
{
    private static readonly string[] Leading = ["name", "tensor", "role", "dtype", "rows", "cols", "status", "reason"];

    /// <summary>The rows under one header; UTF-8.</summary>
    public static byte[] Of(Reshaping reshaping) => CsvReport.Table(reshaping.Layers.Select(Row).Prepend([.. Leading, .. reshaping.Columns]));

    private static IEnumerable<string?> Row(ReshapedLayer layer) =>
    [
        layer.Layer.Name,
        layer.Layer.Tensor.Name,
        layer.Layer.Role.Text(),
        layer.Layer.Tensor.TypeName,
        Side(layer.Layer.Rows),
        Side(layer.Layer.Columns),
        layer.Status.ToString().ToLowerInvariant(),
        layer.Reason,
        .. layer.Numbers.Select(number => number?.ToString("R", CultureInfo.InvariantCulture)),
    ];

    private static string? Side(int size) => size == 0 ? null : size.ToString(CultureInfo.InvariantCulture);
}
