using System.Buffers.Binary;
using System.Text.Json;

namespace Eigenscope.EndToEnd;

/// <summary>The analysis of samples/tiny-gpt with eigenvalues, as JSON and as CSV, and the tensors that its file holds.</summary>
public sealed class TinyGptAnalysis
{
    internal AnalysisDocument Json { get; } = AnalysisDocument.Of(Repository.TinyGpt, "--esd");

    internal CsvTable Csv { get; } = CsvTable.Parse(Tool.Run("analyze", Repository.TinyGpt, "--format", "csv").Output);

    /// <summary>Name, dtype and shape of every tensor, read from the file's header.</summary>
    internal IReadOnlyDictionary<string, (string DType, int[] Shape)> Tensors { get; } = ReadHeader(Path.Combine(Repository.TinyGpt, "model.safetensors"));

    private static Dictionary<string, (string DType, int[] Shape)> ReadHeader(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = JsonElement.Parse(bytes.AsSpan(sizeof(ulong), (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
        return header.EnumerateObject().Where(entry => entry.Name != "__metadata__").ToDictionary(
            entry => entry.Name,
            entry => (entry.Value.GetProperty("dtype").GetString()!, entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray()));
    }
}
