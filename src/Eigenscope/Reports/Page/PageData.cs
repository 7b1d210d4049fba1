using System.Buffers;
using System.Text.Json;
using Eigenscope.Analysis;
using Eigenscope.Learning;
using Eigenscope.Metrics;

namespace Eigenscope.Reports.Page;

/// <summary>What the page shows, but for the spectra: the results as they are, and what every metric means.</summary>
internal static class PageData
{
    /// <summary>The data as JSON that may stand inside a script element.</summary>
    public static byte[] Of(IReadOnlyList<ResultDocument> results) => Of(results, _ => { });

    /// <summary>The data of a comparison.</summary>
    public static byte[] Of(ComparisonDocument comparison) => Of(comparison.Results, json => ComparisonData.Write(json, "comparison", comparison.Root));

    /// <summary>The data of a trajectory.</summary>
    public static byte[] Of(TrajectoryDocument trajectory) => Of(trajectory.Results, json => TrajectoryData.Write(json, "trajectory", trajectory.Root));

    /// <summary>The data of a merge.</summary>
    public static byte[] Of(MergeDocument merge) => Of([], json => WriteMerge(json, merge.Root));

    /// <summary>The data of a lesson, and which lessons there are.</summary>
    public static byte[] Of(Lesson lesson) => Of([], json =>
    {
        json.WritePropertyName("lesson");
        LessonJson.Write(json, lesson);
        LessonJson.WriteTopics(json, LessonTopics.All);
    });

    private static byte[] Of(IReadOnlyList<ResultDocument> results, Action<Utf8JsonWriter> beside)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetrics(json);
            WriteVerdicts(json);
            json.WriteStartArray("results");
            foreach (var result in results)
            {
                WriteWithoutSpectra(json, result.Root);
            }

            json.WriteEndArray();
            beside(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMetrics(Utf8JsonWriter json)
    {
        json.WriteStartArray("metrics");
        foreach (var metric in MetricTable.All)
        {
            json.WriteStartObject();
            json.WriteString("name", metric.Name);
            json.WriteString("title", metric.Title);
            json.WriteString("formula", metric.Formula);
            json.WriteString("range", metric.Range);
            json.WriteString("source", metric.Source);
            json.WriteString("pitfall", metric.Pitfall);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVerdicts(Utf8JsonWriter json)
    {
        json.WriteStartArray("verdicts");
        foreach (var (verdict, rule) in LayerVerdict.Rules)
        {
            json.WriteStartObject();
            json.WriteString("verdict", verdict);
            json.WriteString("rule", rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMerge(Utf8JsonWriter json, JsonElement merge)
    {
        json.WriteStartObject("merge");
        foreach (var field in merge.EnumerateObject().Where(field => field.Name != "schema"))
        {
            field.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteWithoutSpectra(Utf8JsonWriter json, JsonElement document)
    {
        json.WriteStartObject();
        foreach (var field in document.EnumerateObject())
        {
            if (field.Name != "layers")
            {
                field.WriteTo(json);
                continue;
            }

            json.WriteStartArray(field.Name);
            foreach (var row in field.Value.EnumerateArray())
            {
                WriteWithoutSpectrum(json, row);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a row of a result.</summary>
    public static void WriteWithoutSpectrum(Utf8JsonWriter json, JsonElement row)
    {
        json.WriteStartObject();
        foreach (var item in row.EnumerateObject().Where(item => !ResultLayer.SpectrumFields.Contains(item.Name, StringComparer.Ordinal)))
        {
            item.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
