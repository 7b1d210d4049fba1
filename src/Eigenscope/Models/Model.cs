using System.Security.Cryptography;
using System.Text;
using Eigenscope.Models.Quantized;
using Eigenscope.Models.Remote;

namespace Eigenscope.Models;

/// <summary>A model on disk: its tensors, by name, with nothing read but headers.</summary>
public sealed class Model : IDisposable
{
    private readonly IReadOnlyList<ByteSource> files;
    private readonly CompanionFiles? owner;

    internal Model(string path, string format, CompanionFiles companions, IReadOnlyList<ByteSource> weights, IReadOnlyList<Tensor> tensors, ModelTraits? traits)
        : this(path, format, ModelConfig.In(companions), weights, tensors, traits) => (owner, Adapter) = (companions, AdapterConfig.In(companions));

    private Model(string path, string format, ModelConfig? config, IReadOnlyList<ByteSource> files, IReadOnlyList<Tensor> tensors, ModelTraits? traits)
        : this(path, format, Merged(config?.Traits, traits), files, QuantizedWeights.Of(tensors, config?.CheckpointFormat))
    {
    }

    internal Model(string path, string format, ModelTraits traits, IReadOnlyList<ByteSource> files, IReadOnlyList<Tensor> tensors)
    {
        Path = path;
        Format = format;
        Traits = traits;
        this.files = files;
        Tensors = tensors;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The name of the file format.</summary>
    public string Format { get; }

    /// <summary>The architecture that a config.json beside the weights states, such as <c>GPT2LMHeadModel</c>; null where none does.</summary>
    public string? Architecture => Traits.Architecture;

    /// <summary>What the files say of the network.</summary>
    internal ModelTraits Traits { get; }

    /// <summary>How strongly an adapter acts; null where no adapter_config.json says so.</summary>
    internal AdapterConfig? Adapter { get; init; }

    /// <summary>The files beside the weights, such as a tokenizer; null for a model that was put together of another.</summary>
    internal CompanionFiles? Companions => owner;

    /// <summary>Every tensor, in the order of the files.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The number of stored elements of all tensors; a tensor that is stored once under two names counts twice.</summary>
    public long Parameters => Tensors.Sum(tensor => tensor.Count);

    /// <summary>The size of the weight files in bytes.</summary>
    public long Bytes => files.Sum(file => file.Length);

    /// <summary>When one of its weight files was last written to, in UTC; null for a model elsewhere.</summary>
    public DateTime? LastWritten => files.Select(file => file.Path).Where(File.Exists).Select(file => (DateTime?)File.GetLastWriteTimeUtc(file)).Max();

    /// <summary>SHA-256, in hexadecimal, over the sorted lines "name dtype shape": equal for models of the same structure, whatever their weights.</summary>
    public string Fingerprint
    {
        get
        {
            var lines = Tensors.Select(tensor => $"{tensor.Name} {tensor.TypeName} {tensor.ShapeText}\n").Order(StringComparer.Ordinal);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
        }
    }

    /// <summary>
    /// SHA-256, in hexadecimal, over all bytes of the weight files and of the configuration beside them: equal for the same weights, wherever they lie. Null for a model elsewhere,
    /// all of which would have to be fetched. The model must be open.
    /// </summary>
    /// <param name="cancellation">Stops the work within a fraction of a second.</param>
    /// <exception cref="ModelFormatException">A file cannot be read to its end.</exception>
    public string? ContentHash(CancellationToken cancellation = default) => owner is FolderFiles folder ? ContentFingerprint.Of(files, folder, cancellation) : null;

    /// <summary>Opens a weight file, a folder of weight files, or a model elsewhere (<c>hf://org/model</c>, a URL), by its content.</summary>
    /// <param name="path">A path or an address.</param>
    /// <param name="remote">How models elsewhere are read; null for what the environment says.</param>
    /// <exception cref="ModelFormatException">There is nothing readable at the path; the message says what is wrong and where.</exception>
    public static Model Open(string path, RemoteOptions? remote = null)
    {
        if (RemoteAddress.Parse(path) is { } address)
        {
            return RemoteModel.Open(address, remote ?? RemoteOptions.FromEnvironment());
        }

        return Directory.Exists(path) ? Disposing(new FolderFiles(path), files => ModelFolder.Open(path, files)) : Disposing(FolderFiles.Beside(path), files => OpenFile(path, files));
    }

    /// <summary>Closes the files. The tensors cannot be read after that.</summary>
    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }

        owner?.Dispose();
    }

    /// <summary>Opens a model, and disposes of what it was to own where that fails.</summary>
    internal static Model Disposing<T>(T owner, Func<T, Model> open)
        where T : IDisposable
    {
        try
        {
            return open(owner);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>The model of one file, and of those that it names.</summary>
    internal static Model OfFile(string path, ByteSource file, CompanionFiles companions)
    {
        var format = ModelFormats.Of(file);
        var tensors = format.Read(file, companions);
        return new Model(path, format.Name, companions, [file, .. companions.Opened.Where(other => other != file)], tensors, format.Traits(file, companions));
    }

    private static ModelTraits Merged(ModelTraits? config, ModelTraits? file) =>
        new(config?.Architecture ?? file?.Architecture, config?.Heads ?? file?.Heads, config?.VisionHeads ?? file?.VisionHeads);

    private static Model OpenFile(string path, FolderFiles companions)
    {
        var file = FileBytes.Open(path);
        return Disposing(file, opened => OfFile(path, opened, companions));
    }
}
