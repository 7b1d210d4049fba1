namespace Eigenscope.Models.Onnx;

/// <summary>
/// ONNX: one protobuf message, whose graph holds weights as initialisers and as constants among its nodes, also in the graphs of branches, loops and functions. Values
/// lie in the file or in files beside it.
/// </summary>
public sealed class OnnxFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".onnx"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => OnnxHead.IsModel(head);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file) => ReadModel(file, null);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file, CompanionFiles companions) => ReadModel(file, companions);

    private static List<Tensor> ReadModel(ByteSource file, CompanionFiles? companions)
    {
        var walk = new GraphWalk(file);
        walk.Model(ProtoMessage.Of(file));
        if (!walk.HasGraph)
        {
            throw new ModelFormatException(ModelFault.BadHeader, file.Path, "the message holds no graph: this is no ONNX model");
        }

        var external = new ExternalData(file.Path, companions);
        var tensors = walk.Tensors(external);
        external.RequireNoOverlap();
        return tensors.Count > 0 ? tensors : throw new ModelFormatException(ModelFault.NoWeights, file.Path, "the model holds no tensor");
    }
}
