using Eigenscope.Models.Zip;

namespace Eigenscope.Models.PyTorch;

/// <summary>
/// PyTorch's <c>torch.save</c> since version 1.6: a zip archive with <c>root/data.pkl</c>, a pickle of the object, and one member
/// <c>root/data/key</c> per storage with its raw elements.
/// </summary>
/// <remarks>
/// The pickle is read by <see cref="PickleMachine"/>, which knows data only: it loads no module and calls nothing, and a pickle that
/// asks for a call outside the list of <see cref="PickleCalls"/> is refused. TorchScript archives are read as far as they are data: the
/// tensors of modules by their attributes. An archive of such files is an <see cref="AgentArchive"/>. The tar archive before version 0.2
/// is recognised and refused with the way to convert it.
/// </remarks>
public sealed class PyTorchZipFormat : IModelFormat
{
    private const string ReSave = "load it in PyTorch and re-save it with torch.save(model.state_dict(), path, _use_new_zipfile_serialization=True)";

    /// <inheritdoc/>
    public string Name => "pytorch";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".pt", ".pth", ".bin", ".ckpt", ".state_dict", ".th"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => PyTorchMagic.Of(head) is PyTorchMagic.Kind.Zip or PyTorchMagic.Kind.Tar;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        RequireZip(file);
        var directory = ZipDirectory.Read(file);
        var tensors = !PyTorchArchive.Is(directory) && AgentArchive.Is(directory)
            ? AgentArchive.Tensors(file.Path, directory)
            : PyTorchArchive.Open(file, directory).Tensors();
        return tensors.Count > 0 ? tensors : throw NoTensor(file.Path);
    }

    /// <summary>The exception for a file without tensors.</summary>
    internal static ModelFormatException NoTensor(string path) =>
        new(ModelFault.NoWeights, path, "the pickle holds no tensor (a frozen TorchScript model has its weights as constants); save model.state_dict()");

    private static void RequireZip(ByteSource file)
    {
        var kind = PyTorchMagic.OfFile(file);
        if (kind == PyTorchMagic.Kind.Tar)
        {
            throw new ModelFormatException(ModelFault.Unsupported, file.Path, $"a PyTorch file in the layout of versions before 0.2 (a tar archive) is not read; {ReSave}", 0);
        }

        if (kind != PyTorchMagic.Kind.Zip)
        {
            throw new ModelFormatException(ModelFault.UnknownFormat, file.Path, "not a PyTorch file: it begins as no zip archive with a pickle, nor as one of the older layouts", 0);
        }
    }
}
