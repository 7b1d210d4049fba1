using System.Text.Json;

namespace Eigenscope.Training.Files;

/// <summary><c>trainer_state.json</c> under the keys of Hugging Face's trainer: where the run is, and what was logged at each checkpoint so far.</summary>
internal static class TrainerStateJson
{
    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(TrainingOptions options, IReadOnlyList<TrainingLogEntry> log) => ConfigJson.Document(json =>
    {
        json.WriteNumber("global_step", log[^1].Step);
        json.WriteNumber("max_steps", options.Steps);
        json.WriteNumber("train_batch_size", options.BatchSize);
        json.WriteStartArray("log_history");
        foreach (var entry in log)
        {
            Write(json, entry);
        }

        json.WriteEndArray();
    });

    /// <summary>One entry of a log.</summary>
    public static void Write(Utf8JsonWriter json, TrainingLogEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("step", entry.Step);
        ConfigJson.WriteNumber(json, "loss", entry.Loss);
        json.WriteNumber("eval_loss", entry.HeldOutLoss);
        ConfigJson.WriteNumber(json, "eval_accuracy", entry.HeldOutAccuracy);
        json.WriteNumber("learning_rate", entry.LearningRate);
        ConfigJson.WriteNumber(json, "grad_norm", entry.GradientNorm);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    /// <exception cref="TrainingException">It is no such document.</exception>
    public static List<TrainingLogEntry> Log(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.GetProperty("log_history").EnumerateArray().Select(Entry)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new TrainingException($"{path}: this is no state of a training: {e.Message}");
        }
    }

    private static TrainingLogEntry Entry(JsonElement entry) => new(
        entry.GetProperty("step").GetInt32(),
        Number(entry, "loss"),
        entry.GetProperty("eval_loss").GetDouble(),
        Number(entry, "eval_accuracy"),
        entry.GetProperty("learning_rate").GetDouble(),
        Number(entry, "grad_norm"));

    private static double? Number(JsonElement entry, string name) => entry.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
