using System.Text;
using System.Text.Json;
using Eigenscope.Statistics;
using Eigenscope.Tracking;

namespace Eigenscope.Reports;

/// <summary>A trajectory as JSON, schema <c>eigenscope/trajectory/1</c>: whatever changes from checkpoint to checkpoint is a list of one value each. The same input and options give the same bytes.</summary>
public static class TrajectoryJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/trajectory/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="rules">Rules that were looked at, each with where it was met first, null where never.</param>
    public static byte[] Of(Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)>? rules = null) =>
        JsonReport.Documents([trajectory], (json, one) => Write(json, one, rules ?? []));

    /// <summary>All settings that change a number of a layer, and the version that computes it, as one text.</summary>
    internal static string SettingsText(TrackOptions options) => $"{JsonReport.Version}\n{Encoding.UTF8.GetString(JsonReport.Line(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("top", options.Top);
        JsonReport.WriteSettingValues(json, options.Analysis with { Filter = Analysis.LayerFilter.All });
        json.WriteEndObject();
    }))}";

    private static void Write(Utf8JsonWriter json, Trajectory trajectory, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        json.WriteStartObject("settings");
        json.WriteNumber("top", trajectory.Options.Top);
        JsonReport.WriteSettingValues(json, trajectory.Options.Analysis);
        json.WriteEndObject();
        json.WriteString("unit", trajectory.Unit);
        WriteCheckpoints(json, trajectory);
        WriteLayers(json, trajectory);
        WriteUntracked(json, trajectory);
        WriteRules(json, rules);
        WriteSummary(json, trajectory);
        json.WriteEndObject();
    }

    private static void WriteCheckpoints(Utf8JsonWriter json, Trajectory trajectory)
    {
        json.WriteStartArray("checkpoints");
        foreach (var checkpoint in trajectory.Checkpoints)
        {
            json.WriteStartObject();
            JsonReport.WriteNumber(json, "step", checkpoint.Checkpoint.Step);
            json.WriteString("step_from", checkpoint.Checkpoint.Source.ToString().ToLowerInvariant());
            json.WriteString("path", checkpoint.Checkpoint.Path);
            json.WriteString("format", checkpoint.Format);
            json.WriteString("architecture", checkpoint.Architecture);
            json.WriteNumber("parameters", checkpoint.Parameters);
            json.WriteNumber("bytes", checkpoint.Bytes);
            json.WriteString("fingerprint", checkpoint.Fingerprint);
            json.WriteString("content", checkpoint.Content);
            json.WriteString("status", checkpoint.Failure is not null ? "failed" : checkpoint.IsPresent ? "present" : "deleted");
            json.WriteString("reason", checkpoint.Failure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLayers(Utf8JsonWriter json, Trajectory trajectory)
    {
        json.WriteStartArray("layers");
        foreach (var layer in trajectory.Layers)
        {
            json.WriteStartObject();
            TrackedJson.WriteIdentity(json, layer.Last);
            WriteMetrics(json, layer);
            WriteEach(json, "phases", layer.Points, point => point?.Phase?.Text());
            WriteEach(json, "tail_laws", layer.Points, point => point?.TailLaw?.Text());
            WriteEach(json, "verdicts", layer.Points, point => point?.Verdict);
            WriteEach(json, "verdict_reasons", layer.Points, point => point?.VerdictReason);
            WriteEach(json, "statuses", layer.Points, StatusOf);
            WriteEach(json, "reasons", layer.Points, point => point?.Failure);
            WriteLists(json, "warnings", layer.Points, point => point is null ? null : () => WriteTextValues(json, point.Warnings));
            WriteRotations(json, layer);
            if (trajectory.Options.Analysis.KeepEigenvalues)
            {
                WriteLists(json, "eigenvalues", layer.Points, point => point is not { Eigenvalues.Count: > 0 } ? null : () => WriteNumberValues(json, point.Eigenvalues));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string StatusOf(TrackedLayer? point) => point is null ? "absent" : point.Failure is null ? "analyzed" : "failed";

    private static void WriteMetrics(Utf8JsonWriter json, LayerTrajectory layer)
    {
        json.WriteStartObject("metrics");
        foreach (var name in layer.Points.OfType<TrackedLayer>().SelectMany(point => point.Metrics).Select(metric => metric.Key).Distinct(StringComparer.Ordinal))
        {
            WriteNumbers(json, name, layer[name]);
        }

        json.WriteEndObject();
    }

    private static void WriteRotations(Utf8JsonWriter json, LayerTrajectory layer)
    {
        json.WriteStartObject("rotation");
        WriteNumbers(json, "rank", [.. layer.SinceFirst.Select(rotation => (double?)rotation?.Rank)]);
        WriteRotation(json, "since_previous", layer.SincePrevious);
        WriteRotation(json, "since_first", layer.SinceFirst);
        json.WriteEndObject();
    }

    private static void WriteRotation(Utf8JsonWriter json, string name, IReadOnlyList<Rotation?> rotations)
    {
        json.WriteStartObject(name);
        foreach (var (side, of) in (IEnumerable<(string, Func<Rotation?, SideRotation?>)>)[("left", rotation => rotation?.Left), ("right", rotation => rotation?.Right)])
        {
            json.WriteStartObject(side);
            WriteNumbers(json, "overlap", [.. rotations.Select(rotation => of(rotation)?.Overlap)]);
            WriteNumbers(json, "chance_overlap", [.. rotations.Select(rotation => of(rotation)?.ChanceOverlap)]);
            WriteNumbers(json, "largest_angle", [.. rotations.Select(rotation => of(rotation)?.LargestAngle)]);
            WriteNumbers(json, "leading_cosine", [.. rotations.Select(rotation => of(rotation)?.Leading)]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Tensors that no checkpoint follows, each once.</summary>
    private static void WriteUntracked(Utf8JsonWriter json, Trajectory trajectory)
    {
        json.WriteStartArray("untracked");
        foreach (var layer in trajectory.Checkpoints.SelectMany(checkpoint => checkpoint.Untracked).DistinctBy(layer => layer.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("reason", layer.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, IReadOnlyList<(StoppingRule Rule, RuleMet? Met)> rules)
    {
        json.WriteStartArray("rules");
        foreach (var (rule, met) in rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.ToString());
            JsonReport.WriteNumber(json, "first_met", met?.Checkpoint);
            JsonReport.WriteNumber(json, "value", met?.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, Trajectory trajectory)
    {
        json.WriteStartObject("summary");
        WriteNumbers(json, "layers_analyzed", [.. trajectory.Summaries.Select(summary => (double?)summary.Counted)]);
        WriteNumbers(json, "layers_failed", [.. trajectory.Summaries.Select(summary => (double?)summary.Failed)]);
        foreach (var phase in Enum.GetValues<Phase>().Where(phase => trajectory.Summaries.Any(summary => summary.Phases.Any(item => item.Key == phase))))
        {
            WriteNumbers(json, $"phase_{phase.Text()}", [.. trajectory.Summaries.Select(summary => (double?)summary.Phases.FirstOrDefault(item => item.Key == phase).Value)]);
        }

        foreach (var verdict in trajectory.Summaries.SelectMany(summary => summary.Verdicts).Select(item => item.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            WriteNumbers(json, $"verdict_{verdict.Replace(' ', '_').Replace('-', '_')}", [.. trajectory.Summaries.Select(summary => (double?)summary.Verdicts.FirstOrDefault(item => item.Key == verdict).Value)]);
        }

        foreach (var metric in trajectory.Summaries.SelectMany(summary => summary.Metrics).Select(item => item.Metric).Distinct(StringComparer.Ordinal))
        {
            WriteNumbers(json, metric, trajectory.Mean(metric));
            WriteNumbers(json, $"{metric}_layers", [.. trajectory.Summaries.Select(summary => (double?)summary.Metrics.FirstOrDefault(item => item.Metric == metric).Layers)]);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double?> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (value is { } number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteEach(Utf8JsonWriter json, string name, IReadOnlyList<TrackedLayer?> points, Func<TrackedLayer?, string?> text)
    {
        json.WriteStartArray(name);
        foreach (var point in points)
        {
            json.WriteStringValue(text(point));
        }

        json.WriteEndArray();
    }

    /// <summary>A list a checkpoint; null where a layer has none.</summary>
    private static void WriteLists(Utf8JsonWriter json, string name, IReadOnlyList<TrackedLayer?> points, Func<TrackedLayer?, Action?> write)
    {
        json.WriteStartArray(name);
        foreach (var point in points)
        {
            if (write(point) is { } list)
            {
                list();
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteTextValues(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumberValues(Utf8JsonWriter json, IReadOnlyList<double> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
