using System.Globalization;
using System.Text.Json;
using Eigenscope.Transforms;

namespace Eigenscope.Reports;

/// <summary>The plan of a merge as JSON, schema <c>eigenscope/merge-plan/1</c>, and as CSV.</summary>
public static class MergePlanJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/merge-plan/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(MergeOverview plan) => JsonReport.Documents([plan], Write);

    /// <summary>The numbers of the plan in one row under a header; UTF-8.</summary>
    public static byte[] Csv(MergeOverview plan) => CsvReport.Table(
    [
        ["merge_method", "models", "tensors", "copied", "bytes", "shards", "memory", "warnings", "problems"],
        [plan.Method, .. ((long[])[plan.Models.Count, plan.Tensors, plan.Copied, plan.Bytes, plan.Shards, plan.Memory]).Select(number => number.ToString(CultureInfo.InvariantCulture)), string.Join("; ", plan.Warnings), string.Join("; ", plan.Problems)],
    ]);

    private static void Write(Utf8JsonWriter json, MergeOverview plan)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        json.WriteString("merge_method", plan.Method);
        json.WriteStartArray("models");
        foreach (var model in plan.Models)
        {
            JsonReport.WriteModelValue(json, model);
        }

        json.WriteEndArray();
        JsonReport.WriteNumber(json, "base", plan.Base);
        json.WriteNumber("tensors", plan.Tensors);
        json.WriteNumber("copied", plan.Copied);
        json.WriteNumber("bytes", plan.Bytes);
        json.WriteNumber("shards", plan.Shards);
        json.WriteNumber("memory", plan.Memory);
        json.WriteString("memory_tensor", plan.MemoryTensor);
        JsonReport.WriteTexts(json, "warnings", plan.Warnings);
        JsonReport.WriteTexts(json, "problems", plan.Problems);
        json.WriteEndObject();
    }
}
