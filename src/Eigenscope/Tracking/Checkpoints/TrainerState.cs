using System.Text.Json;

namespace Eigenscope.Tracking;

/// <summary>What a trainer wrote beside the weights of a checkpoint: <c>trainer_state.json</c>, as Hugging Face's trainer writes it.</summary>
internal static class TrainerState
{
    private const string FileName = "trainer_state.json";
    private const long MostBytes = 64 << 20;

    /// <summary>The number of steps; null where no such file says it.</summary>
    /// <param name="checkpoint">A weight file, or a folder of one.</param>
    public static long? StepOf(string checkpoint)
    {
        var file = Path.Combine(Directory.Exists(checkpoint) ? checkpoint : Path.GetDirectoryName(checkpoint) ?? "", FileName);
        try
        {
            if (!File.Exists(file) || new FileInfo(file).Length > MostBytes)
            {
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("global_step", out var step) && step.ValueKind == JsonValueKind.Number && step.TryGetInt64(out var value) ? value : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
