using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;

namespace Eigenscope.Transforms;

/// <summary>The folder of a changed model, which appears whole or not at all: its weights as one safetensors file, and what else belongs to the model.</summary>
internal sealed class ReshapedFolder : IDisposable
{
    /// <summary>The file of the weights of a model.</summary>
    public const string Weights = "model.safetensors";

    private static readonly string[] Configurations = ["config.json", "generation_config.json"];
    private static readonly KeyValuePair<string, string>[] TorchMetadata = [new("format", "pt")];

    private readonly OutputFolder folder;
    private bool isOpen = true;

    private ReshapedFolder(OutputFolder folder)
    {
        this.folder = folder;
        AppDomain.CurrentDomain.ProcessExit += Abandon;
    }

    /// <summary>Where the files lie until the folder is complete; a model that can be opened once its weights are written.</summary>
    public string Partial => folder.Work;

    /// <summary>Begins a folder.</summary>
    /// <exception cref="MergeException">There is something at the path, or the folder that it is to lie in is not there.</exception>
    public static ReshapedFolder Begin(string path) => new(OutputFolder.Open(path, resumes: false));

    /// <summary>Writes weights, with the metadata of the model that they come from.</summary>
    public void Write(string name, Model model, IReadOnlyList<WrittenTensor> tensors, CancellationToken cancellation) =>
        SafeTensorsWriter.Write(folder.At(name), tensors, Metadata(model), cancellation);

    /// <summary>Writes a file beside the weights.</summary>
    public void WriteFile(string name, ReadOnlySpan<byte> content) => folder.WriteFile(name, content);

    /// <summary>Copies the tokenizer of a model and what else goes with its weights.</summary>
    /// <param name="model">The model.</param>
    /// <param name="withConfiguration">Whether its configuration is copied too.</param>
    public void CopyCompanions(Model model, bool withConfiguration) => ModelCompanions.Copy(model, model, type: null, blocks: null, (name, content) =>
    {
        if (withConfiguration || !Configurations.Contains(name))
        {
            folder.WriteFile(name, content);
        }
    });

    /// <summary>Puts the folder in its place.</summary>
    public void Complete()
    {
        folder.Complete();
        isOpen = false;
    }

    /// <summary>Removes what was written of a folder that is not complete; so does an end of the process.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Abandon;
        Abandon(sender: null, EventArgs.Empty);
    }

    private void Abandon(object? sender, EventArgs e)
    {
        if (isOpen)
        {
            isOpen = false;
            folder.Abandon();
        }

        folder.Dispose();
    }

    private static KeyValuePair<string, string>[] Metadata(Model model) =>
        model.Format == "safetensors" && model.Tensors is [{ Bytes.Path: { } file }, ..] && File.Exists(file) && SafeTensorsMetadata.Of(file) is { Count: > 0 } texts
            ? [.. texts.OrderBy(text => text.Key, StringComparer.Ordinal)]
            : TorchMetadata;
}
