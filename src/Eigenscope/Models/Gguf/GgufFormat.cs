namespace Eigenscope.Models.Gguf;

/// <summary>
/// GGUF 2 and 3, the format of llama.cpp and ggml: <c>"GGUF"</c>, u32 version, u64 counts of tensors and of metadata keys, the metadata, a name, shape, type and
/// offset for each tensor, then the data. A model may be split into files named <c>NAME-00001-of-00003.gguf</c>. Source: the GGUF specification of ggml.
/// </summary>
public sealed class GgufFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "gguf";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".gguf"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(GgufHeader.Magic);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        var header = GgufHeader.Read(file);
        return header.Metadata.Split is { } split
            ? throw new ModelFormatException(ModelFault.Missing, file.Path, $"part {split.Number + 1} of {split.Count}, and the other parts are not at hand")
            : header.Tensors;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file, CompanionFiles companions)
    {
        var header = GgufHeader.Read(file);
        return header.Metadata.Split is { } split ? new GgufParts(file, split, companions).Tensors(header) : header.Tensors;
    }

    /// <summary>What <c>general.architecture</c> and the keys of attention say, in the first part of a split model.</summary>
    /// <inheritdoc/>
    public ModelTraits? Traits(ByteSource file, CompanionFiles companions)
    {
        var metadata = GgufHeader.ReadMetadata(file);
        return metadata is { Architecture: null, Split: { Number: > 0 } split }
            ? GgufHeader.ReadMetadata(new GgufParts(file, split, companions).Open(0)).Traits
            : metadata.Traits;
    }
}
