using System.Globalization;
using System.Text.Json;
using Eigenscope.Training;
using Eigenscope.Training.Files;

namespace Eigenscope.Reports;

/// <summary>The log of a training as JSON (schema <c>eigenscope/training/1</c>) or CSV.</summary>
public static class TrainingReport
{
    /// <summary>The schema of a training.</summary>
    public const string Schema = "eigenscope/training/1";

    private static readonly string[] Columns = ["step", "loss", "eval_loss", "eval_accuracy", "learning_rate", "grad_norm"];

    /// <summary>The log as one JSON document; UTF-8, ends with a newline.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="log">An entry for each checkpoint.</param>
    public static byte[] Json(string run, IReadOnlyList<TrainingLogEntry> log) => JsonReport.Documents([(run, log)], Write);

    /// <summary>A row for each checkpoint under one header; UTF-8.</summary>
    /// <param name="log">An entry for each checkpoint.</param>
    public static byte[] Csv(IReadOnlyList<TrainingLogEntry> log) => CsvReport.Table(log.Select(Row).Prepend(Columns));

    private static void Write(Utf8JsonWriter json, (string Run, IReadOnlyList<TrainingLogEntry> Log) training)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        json.WriteString("run", training.Run);
        json.WriteStartArray("log_history");
        foreach (var entry in training.Log)
        {
            TrainerStateJson.Write(json, entry);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<string?> Row(TrainingLogEntry entry) =>
        [Text(entry.Step), Text(entry.Loss), Text(entry.HeldOutLoss), Text(entry.HeldOutAccuracy), Text(entry.LearningRate), Text(entry.GradientNorm)];

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
