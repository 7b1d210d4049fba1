using System.Text.Json;
using Eigenscope.Cluster;
using Eigenscope.Cluster.Engines;

namespace Eigenscope.Reports;

/// <summary>How far shards are, as JSON, schema <c>eigenscope/shard-status/1</c>.</summary>
public static class StatusReport
{
    private const string Schema = "eigenscope/shard-status/1";

    /// <summary>A document to look at, with line breaks.</summary>
    /// <param name="status">How far they are.</param>
    /// <param name="engine">What the engine says; null for nothing.</param>
    /// <param name="model">The model as it was named.</param>
    /// <param name="now">The time, in UTC.</param>
    public static byte[] Of(ShardStatus status, EngineAnswer? engine, string model, DateTime now) => JsonReport.Documents([status], (json, one) => Write(json, one, engine, model, now));

    /// <summary>The same in one line, with its end.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static byte[] Line(ShardStatus status, EngineAnswer? engine, string model, DateTime now) => [.. JsonReport.Line(json => Write(json, status, engine, model, now)), (byte)'\n'];

    /// <summary>How a condition is called.</summary>
    public static string NameOf(ShardCondition condition) => condition switch
    {
        ShardCondition.NotStarted => "not_started",
        _ => condition.ToString().ToLowerInvariant(),
    };

    private static void Write(Utf8JsonWriter json, ShardStatus status, EngineAnswer? engine, string model, DateTime now)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        json.WriteString("model", model);
        json.WriteString("time", now);
        json.WriteBoolean("complete", status.IsComplete);
        json.WriteNumber("share", status.Share);
        json.WriteNumber("work", status.Work);
        json.WriteNumber("work_done", status.WorkDone);
        json.WriteNumber("layers", status.Layers);
        json.WriteNumber("layers_done", status.LayersDone);
        JsonReport.WriteTexts(json, "missing", status.Missing);
        WriteRate(json, status.Rate);
        WriteShards(json, status, engine, now);
        WriteEngine(json, engine);
        json.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter json, ShardRate? rate)
    {
        if (rate is null)
        {
            json.WriteNull("rate");
            return;
        }

        json.WriteStartObject("rate");
        json.WriteNumber("layers_per_minute", rate.LayersPerMinute);
        json.WriteNumber("work_per_second", rate.WorkPerSecond);
        json.WriteNumber("seconds_left", rate.Left.TotalSeconds);
        json.WriteEndObject();
    }

    private static void WriteShards(Utf8JsonWriter json, ShardStatus status, EngineAnswer? engine, DateTime now)
    {
        json.WriteStartArray("shards");
        foreach (var shard in status.Shards)
        {
            json.WriteStartObject();
            json.WriteNumber("shard", shard.Index);
            json.WriteNumber("of", shard.Of);
            json.WriteString("condition", NameOf(shard.Condition));
            json.WriteNumber("layers", shard.Layers);
            json.WriteNumber("layers_done", shard.LayersDone);
            WriteLast(json, shard.Last, now);
            json.WriteString("engine", engine?.States.GetValueOrDefault(shard.Index));
            JsonReport.WriteTexts(json, "log", shard.LogLines);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLast(Utf8JsonWriter json, SeenHeartbeat? last, DateTime now)
    {
        if (last is null)
        {
            json.WriteNull("last_seen");
            return;
        }

        json.WriteStartObject("last_seen");
        json.WriteString("host", last.Beat.Host);
        json.WriteNumber("process_id", last.Beat.ProcessId);
        json.WriteString("started", last.Beat.Started);
        json.WriteNumber("seconds_ago", Math.Max(0, (now - last.Written).TotalSeconds));
        JsonReport.WriteTexts(json, "in_work", last.Beat.InWork);
        json.WriteEndObject();
    }

    private static void WriteEngine(Utf8JsonWriter json, EngineAnswer? engine)
    {
        if (engine is null)
        {
            json.WriteNull("engine");
            return;
        }

        json.WriteStartObject("engine");
        json.WriteString("name", engine.Engine);
        json.WriteString("job", engine.Job);
        json.WriteString("says", engine.Text);
        json.WriteEndObject();
    }
}
