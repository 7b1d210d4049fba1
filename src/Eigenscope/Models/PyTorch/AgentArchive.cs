using Eigenscope.Models.Zip;

namespace Eigenscope.Models.PyTorch;

/// <summary>
/// A zip archive of PyTorch files, as Stable-Baselines3 saves an agent: <c>policy.pth</c>, <c>pytorch_variables.pth</c>, <c>policy.optimizer.pth</c>,
/// and JSON that holds pickles, which is not opened.
/// </summary>
/// <remarks>Optimizers are left out. Names are those in the members; with the member before them only where two members share one.</remarks>
internal static class AgentArchive
{
    private const string Ending = ".pth";
    private const string LeftOut = "optimizer";

    /// <summary>The most bytes in all deflated members together, which are inflated whole.</summary>
    private const long MaxInflatedBytes = 1L << 28;

    /// <summary>True for an archive with PyTorch files at its top.</summary>
    public static bool Is(ZipDirectory directory) => directory.Members.Any(IsFile);

    /// <summary>The tensors of all files but optimizers.</summary>
    public static List<Tensor> Tensors(string path, ZipDirectory directory)
    {
        var files = directory.Members.Where(member => IsFile(member) && !member.Name.Contains(LeftOut, StringComparison.OrdinalIgnoreCase)).ToList();
        RequireBounded(files);
        var tensors = files.SelectMany(member => Tensors(path, member)).ToList();
        var isUnique = tensors.DistinctBy(item => item.Tensor.Name, StringComparer.Ordinal).Count() == tensors.Count;
        return tensors.ConvertAll(item => isUnique ? item.Tensor : Renamed(item.Tensor, $"{item.File}.{item.Tensor.Name}"));
    }

    private static void RequireBounded(List<ZipMember> files)
    {
        var left = MaxInflatedBytes;
        foreach (var file in files.Where(file => !file.IsStored))
        {
            left = file.Size <= left ? left - file.Size : throw file.Bad(ModelFault.TooLarge, $"brings the deflated files to more than {MaxInflatedBytes} bytes; store them without compression");
        }
    }

    private static bool IsFile(ZipMember member) => member.Name.EndsWith(Ending, StringComparison.Ordinal) && !member.Name.Contains('/');

    private static IEnumerable<(string File, Tensor Tensor)> Tensors(string path, ZipMember member)
    {
        var bytes = new RenamedBytes(member.Open(member.Size), $"{path}!{member.Name}");
        return TensorsOf(bytes).Select(tensor => (member.Name[..^Ending.Length], tensor));
    }

    private static List<Tensor> TensorsOf(ByteSource file) => PyTorchMagic.OfFile(file) switch
    {
        PyTorchMagic.Kind.Zip => PyTorchArchive.Open(file, ZipDirectory.Read(file)).Tensors(),
        PyTorchMagic.Kind.Legacy => new LegacyStream(file).Tensors(),
        _ => throw new ModelFormatException(ModelFault.UnknownFormat, file.Path, "not a PyTorch file", 0),
    };

    private static Tensor Renamed(Tensor tensor, string name) =>
        new(name, tensor.Type, tensor.Shape, tensor.Strides, tensor.Bytes, tensor.Offset, tensor.BigEndian);
}
