namespace Eigenscope.Models.TensorFlowJs;

/// <summary>
/// TensorFlow.js, as a graph model or a layers model: <c>model.json</c>, whose weights manifest names files beside it and the weights that lie in them one behind the other.
/// </summary>
public sealed class TensorFlowJsFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "tensorflowjs";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = ["model.json"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.Length == 0 || text[0] != (byte)'{')
        {
            return false;
        }

        text = text[1..].TrimStart(" \t\r\n"u8);
        return text.StartsWith("\"modelTopology\""u8) || text.StartsWith("\"weightsManifest\""u8) || IsStated(text);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file) =>
        throw new ModelFormatException(ModelFault.Unsupported, file.Path, "the weights lie in files beside model.json, and this one was opened without them");

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file, CompanionFiles companions) => new WeightsManifest(file, companions).Read();

    private static bool IsStated(ReadOnlySpan<byte> text) =>
        text.StartsWith("\"format\""u8) && (text.IndexOf("\"layers-model\""u8) > 0 || text.IndexOf("\"graph-model\""u8) > 0);
}
