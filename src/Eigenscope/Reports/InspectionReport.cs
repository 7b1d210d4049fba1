using System.Globalization;
using System.Text.Json;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Reports;

/// <summary>The table of a model's tensors from headers alone, as JSON (schema <c>eigenscope/inspection/1</c>) or CSV.</summary>
public static class InspectionReport
{
    /// <summary>The schema of an inspection.</summary>
    public const string Schema = "eigenscope/inspection/1";

    private static readonly string[] Columns =
        ["id", "name", "tensor", "part_of", "role", "block", "kind", "orientation", "dtype", "shape", "rows", "cols", "skip_reason"];

    /// <summary>The inspection as one JSON document; UTF-8, ends with a newline.</summary>
    public static byte[] Json(Model model, IReadOnlyList<WeightMatrix> table) => JsonReport.Documents([(model, table)], Write);

    /// <summary>The inspection as CSV under one header; UTF-8.</summary>
    public static byte[] Csv(IReadOnlyList<WeightMatrix> table) => CsvReport.Table(table.Select(Row).Prepend(Columns));

    /// <summary>The text of an orientation in results.</summary>
    public static string Text(this Orientation orientation) => orientation switch
    {
        Orientation.OutIn => "out_in",
        Orientation.InOut => "in_out",
        _ => "unknown",
    };

    private static void Write(Utf8JsonWriter json, (Model Model, IReadOnlyList<WeightMatrix> Table) inspection)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        JsonReport.WriteModel(json, inspection.Model);
        json.WriteStartArray("layers");
        foreach (var matrix in inspection.Table)
        {
            json.WriteStartObject();
            JsonReport.WriteMatrix(json, matrix);
            json.WriteString("orientation", matrix.Description.Orientation.Text());
            json.WriteStartArray("shape");
            foreach (var size in matrix.Tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteString("skip_reason", matrix.SkipReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string?> Row(WeightMatrix matrix) =>
    [
        Number(matrix.Id),
        matrix.Name,
        matrix.Tensor.Name,
        matrix.PartOf,
        matrix.Role.Text(),
        Number(matrix.Description.Block),
        matrix.Description.Kind,
        matrix.Description.Orientation.Text(),
        matrix.Tensor.TypeName,
        matrix.Tensor.ShapeText,
        Number(matrix.Rows == 0 ? null : matrix.Rows),
        Number(matrix.Columns == 0 ? null : matrix.Columns),
        matrix.SkipReason,
    ];

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
