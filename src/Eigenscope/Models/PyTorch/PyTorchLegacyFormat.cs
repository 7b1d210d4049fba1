namespace Eigenscope.Models.PyTorch;

/// <summary>
/// PyTorch's <c>torch.save</c> before version 1.6, and after it where that was asked for: a stream of pickles, then the storages.
/// </summary>
/// <remarks>The pickles are read by <see cref="PickleMachine"/>, which runs nothing. Source: <c>torch.serialization._legacy_save</c>.</remarks>
public sealed class PyTorchLegacyFormat : IModelFormat
{
    /// <inheritdoc/>
    public string Name => "pytorch-legacy";

    /// <summary>None: its files are named as those of <see cref="PyTorchZipFormat"/>, and their content tells them apart.</summary>
    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => PyTorchMagic.Of(head) == PyTorchMagic.Kind.Legacy;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        if (PyTorchMagic.OfFile(file) != PyTorchMagic.Kind.Legacy)
        {
            throw new ModelFormatException(ModelFault.UnknownFormat, file.Path, "not a PyTorch file of before version 1.6: it does not begin with a pickle of that format's number", 0);
        }

        var tensors = new LegacyStream(file).Tensors();
        return tensors.Count > 0 ? tensors : throw PyTorchZipFormat.NoTensor(file.Path);
    }
}
