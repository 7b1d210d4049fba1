using Eigenscope.Models;
using Eigenscope.Models.PyTorch;
using Eigenscope.Tests.Models.Zip;

namespace Eigenscope.Tests.Models.PyTorch;

/// <summary>PyTorch archives made for a test.</summary>
internal static class TorchBytes
{
    /// <summary>The floats 1, 2, 3.</summary>
    public static readonly byte[] Floats = [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64];

    /// <summary>An archive with that pickle, the floats as storage 0, and more members.</summary>
    public static byte[] Archive(byte[] pickle, params (string Name, byte[] Content)[] more) =>
        ZipBytes.Of([("root/data.pkl", pickle), ("root/data/0", Floats), .. more]);

    public static IReadOnlyList<Tensor> Read(byte[] archive) => new PyTorchZipFormat().Read(new MemoryBytes(archive, "folder/model.pt"));

    public static IReadOnlyList<Tensor> Read(PickleWriter pickle, params (string Name, byte[] Content)[] more) => Read(Archive(pickle.End(), more));

    public static ModelFormatException Refusal(PickleWriter pickle, params (string Name, byte[] Content)[] more) =>
        Xunit.Assert.Throws<ModelFormatException>(() => Read(pickle, more));

    public static ModelFormatException Refusal(byte[] archive) => Xunit.Assert.Throws<ModelFormatException>(() => Read(archive));
}
