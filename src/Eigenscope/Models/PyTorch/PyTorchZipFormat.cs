namespace Eigenscope.Models.PyTorch;

/// <summary>
/// PyTorch's <c>torch.save</c> since version 1.6: a zip archive with <c>root/data.pkl</c>, a pickle of the object, and one member
/// <c>root/data/key</c> per storage with its raw elements.
/// </summary>
/// <remarks>
/// The pickle is read by <see cref="PickleMachine"/>, which knows data only: it loads no module and calls nothing, and a pickle that
/// asks for a call outside the list of <see cref="PickleCalls"/> is refused. Older files (a stream of pickles before 1.6, a tar archive
/// before 0.2) and TorchScript archives are recognised and refused with the way to convert them.
/// </remarks>
public sealed class PyTorchZipFormat : IModelFormat
{
    private const string ReSave = "load it in PyTorch and re-save it with torch.save(model.state_dict(), path, _use_new_zipfile_serialization=True)";

    /// <inheritdoc/>
    public string Name => "pytorch";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".pt", ".pth", ".bin", ".ckpt", ".state_dict", ".th"];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> head) => PyTorchMagic.Of(head) != PyTorchMagic.Kind.Other;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Read(ByteSource file)
    {
        RequireZip(file);
        var archive = PyTorchArchive.Open(file);
        var storages = new TorchStorages(archive);
        var root = new PickleMachine(archive.Pickle(), storages.Resolve).Run();
        var tensors = StateDict.Of(root, file.Path).Select(weight => storages.Tensor(weight.Name, weight.Tensor)).ToList();
        return tensors.Count > 0
            ? tensors
            : throw new ModelFormatException(ModelFault.NoWeights, file.Path, "the pickle holds no tensor; save model.state_dict()");
    }

    private static void RequireZip(ByteSource file)
    {
        var kind = PyTorchMagic.Of(file.ReadArray(0, Math.Min(PyTorchMagic.HeadBytes, file.Length)));
        if (kind == PyTorchMagic.Kind.Other)
        {
            throw new ModelFormatException(ModelFault.UnknownFormat, file.Path, "not a PyTorch file: it begins as no zip archive with a pickle, nor as one of the older layouts", 0);
        }

        if (kind != PyTorchMagic.Kind.Zip)
        {
            throw new ModelFormatException(ModelFault.Unsupported, file.Path, $"{PyTorchMagic.Describe(kind)}; {ReSave}", 0);
        }
    }
}
