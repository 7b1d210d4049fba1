using Eigenscope.Models.Flax;
using Eigenscope.Models.Gguf;
using Eigenscope.Models.Hdf5;
using Eigenscope.Models.Keras;
using Eigenscope.Models.Numpy;
using Eigenscope.Models.Onnx;
using Eigenscope.Models.PyTorch;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Models.TensorFlowJs;

namespace Eigenscope.Models;

/// <summary>The table of readable formats. A new format is one class and one line here.</summary>
public static class ModelFormats
{
    private const int HeadBytes = 64;

    /// <summary>Every format, in the order in which they are tried and preferred.</summary>
    public static IReadOnlyList<IModelFormat> All { get; } =
    [
        new SafeTensorsFormat(),
        new PyTorchZipFormat(),
        new PyTorchLegacyFormat(),
        new GgufFormat(),
        new NpzFormat(),
        new NpyFormat(),
        new FlaxFormat(),
        new OnnxFormat(),
        new TensorFlowJsFormat(),
        new Hdf5Format(),
        new KerasArchiveFormat(),
    ];

    /// <summary>The format of a file: by content, or by its ending where the content is no format's.</summary>
    /// <exception cref="ModelFormatException">Neither tells (<see cref="ModelFault.UnknownFormat"/>).</exception>
    public static IModelFormat Of(ByteSource file)
    {
        var head = file.ReadArray(0, Math.Min(HeadBytes, file.Length));
        var matching = All.Where(format => format.Matches(head)).ToList();
        return matching.Find(format => HasExtension(format, file.Path))
            ?? matching.FirstOrDefault()
            ?? All.FirstOrDefault(format => HasExtension(format, file.Path))
            ?? throw new ModelFormatException(ModelFault.UnknownFormat, file.Path, $"neither content nor name is that of a weight file; {string.Join(", ", All.Select(format => format.Name))} are read");
    }

    /// <summary>True where a file name ends as the files of a format do.</summary>
    internal static bool HasExtension(IModelFormat format, string path) =>
        format.Extensions.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
