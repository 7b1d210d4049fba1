using System.Text.Json;
using Eigenscope.Comparison;
using Eigenscope.Statistics;

namespace Eigenscope.Reports;

/// <summary>Groups of layers and their tests, as parts of a document.</summary>
internal static class GroupJson
{
    /// <summary>Writes <c>groups</c>, <c>group_tests</c> and <c>depth</c>.</summary>
    public static void Write(Utf8JsonWriter json, GroupComparison groups)
    {
        json.WriteStartArray("groups");
        foreach (var group in groups.Groups)
        {
            json.WriteStartObject();
            json.WriteString("by", group.By);
            json.WriteString("name", group.Name);
            json.WriteStartObject("metrics");
            foreach (var metric in group.Metrics)
            {
                WriteMetric(json, metric);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDifferences(json, groups.Differences);
        WriteCurves(json, groups.Curves);
    }

    /// <summary>A distribution, or null.</summary>
    public static void WriteDistribution(Utf8JsonWriter json, string? name, Distribution? distribution)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        if (distribution is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("count", distribution.Count);
        json.WriteNumber("lower", distribution.Lower);
        json.WriteNumber("median", distribution.Median);
        json.WriteNumber("upper", distribution.Upper);
        json.WriteEndObject();
    }

    /// <summary>A paired test, or null.</summary>
    public static void WriteTest(Utf8JsonWriter json, string? name, SignedRankTest? test)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        if (test is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("pairs", test.Pairs);
        json.WriteNumber("zeros", test.Zeros);
        json.WriteNumber("p", test.PValue);
        json.WriteBoolean("exact", test.IsExact);
        json.WriteNumber("rank_biserial", test.RankBiserial);
        json.WriteNumber("median_difference", test.MedianDifference);
        json.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter json, GroupMetric metric)
    {
        json.WriteStartObject(metric.Metric);
        json.WriteStartArray("models");
        foreach (var model in metric.Models)
        {
            WriteDistribution(json, null, model);
        }

        json.WriteEndArray();
        json.WriteStartArray("moved");
        foreach (var test in metric.Moved)
        {
            WriteTest(json, null, test);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDifferences(Utf8JsonWriter json, IReadOnlyList<GroupDifference> differences)
    {
        json.WriteStartArray("group_tests");
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("by", difference.By);
            json.WriteString("metric", difference.Metric);
            json.WriteNumber("model", difference.Model);
            json.WriteString("test", difference.Groups.Count == 2 ? "rank_sum" : "kruskal_wallis");
            json.WriteNumber("p", difference.PValue);
            json.WriteNumber(difference.Groups.Count == 2 ? "cliffs_delta" : "epsilon_squared", difference.Effect);
            JsonReport.WriteTexts(json, "groups", difference.Groups);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCurves(Utf8JsonWriter json, IReadOnlyList<DepthCurve> curves)
    {
        json.WriteStartArray("depth");
        foreach (var curve in curves)
        {
            json.WriteStartObject();
            json.WriteNumber("model", curve.Model);
            json.WriteString("part", curve.Part);
            json.WriteString("metric", curve.Metric);
            json.WriteStartArray("points");
            foreach (var (depth, block, median) in curve.Points)
            {
                json.WriteStartObject();
                json.WriteNumber("block", block);
                json.WriteNumber("depth", depth);
                json.WriteNumber("median", median);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
