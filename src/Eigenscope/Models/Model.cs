using System.Security.Cryptography;
using System.Text;

namespace Eigenscope.Models;

/// <summary>A model on disk: its tensors, by name, with nothing read but headers.</summary>
public sealed class Model : IDisposable
{
    private readonly IReadOnlyList<ByteSource> files;

    internal Model(string path, string format, string? architecture, IReadOnlyList<ByteSource> files, IReadOnlyList<Tensor> tensors)
    {
        Path = path;
        Format = format;
        Architecture = architecture;
        this.files = files;
        Tensors = tensors;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The name of the file format.</summary>
    public string Format { get; }

    /// <summary>The architecture that a config.json beside the weights states, such as <c>GPT2LMHeadModel</c>, or else the weight file; null where none does.</summary>
    public string? Architecture { get; }

    /// <summary>Every tensor, in the order of the files.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The number of stored elements of all tensors; a tensor that is stored once under two names counts twice.</summary>
    public long Parameters => Tensors.Sum(tensor => tensor.Count);

    /// <summary>The size of the weight files in bytes.</summary>
    public long Bytes => files.Sum(file => file.Length);

    /// <summary>SHA-256, in hexadecimal, over the sorted lines "name dtype shape": equal for models of the same structure, whatever their weights.</summary>
    public string Fingerprint
    {
        get
        {
            var lines = Tensors.Select(tensor => $"{tensor.Name} {tensor.TypeName} {tensor.ShapeText}\n").Order(StringComparer.Ordinal);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
        }
    }

    /// <summary>Opens a weight file, or a folder of weight files, by its content.</summary>
    /// <exception cref="ModelFormatException">There is nothing readable at the path; the message says what is wrong and where.</exception>
    public static Model Open(string path) => Directory.Exists(path) ? new ModelFolder(path).Open() : OpenFile(path);

    /// <summary>Closes the files. The tensors cannot be read after that.</summary>
    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }
    }

    private static Model OpenFile(string path)
    {
        var file = FileBytes.Open(path);
        var companions = new FolderFiles(path);
        try
        {
            var format = ModelFormats.Of(file);
            var tensors = format.Read(file, companions);
            var architecture = ModelConfig.Beside(path)?.Architecture ?? format.Architecture(file, companions);
            return new Model(path, format.Name, architecture, [file, .. companions.Opened], tensors);
        }
        catch
        {
            file.Dispose();
            companions.Dispose();
            throw;
        }
    }
}
