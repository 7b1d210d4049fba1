namespace Eigenscope.Models;

/// <summary>A file format that holds tensors. One folder a format; <see cref="ModelFormats"/> lists them.</summary>
public interface IModelFormat
{
    /// <summary>The short name that results carry, such as <c>safetensors</c>.</summary>
    string Name { get; }

    /// <summary>The usual file name endings, with their dot; they decide only where the content does not.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>True where the first bytes of a file (up to 64) are this format's.</summary>
    bool Matches(ReadOnlySpan<byte> head);

    /// <summary>Lists the tensors of a file from its headers alone.</summary>
    /// <param name="file">The whole file; it stays open as long as the tensors are used.</param>
    /// <returns>The tensors in file order.</returns>
    /// <exception cref="ModelFormatException">The file is broken, unsafe or not supported.</exception>
    IReadOnlyList<Tensor> Read(ByteSource file);

    /// <summary>Lists the tensors of a file and of those that it names; the same as <see cref="Read(ByteSource)"/> for formats of one file.</summary>
    /// <param name="file">The file that was opened.</param>
    /// <param name="companions">The files beside it.</param>
    /// <returns>The tensors in file order.</returns>
    /// <exception cref="ModelFormatException">A file is broken, unsafe, missing or not supported.</exception>
    IReadOnlyList<Tensor> Read(ByteSource file, CompanionFiles companions) => Read(file);

    /// <summary>What the file itself states of the network; null where it states nothing.</summary>
    /// <param name="file">The file that was opened.</param>
    /// <param name="companions">The files beside it.</param>
    /// <exception cref="ModelFormatException">A file is broken, unsafe, missing or not supported.</exception>
    ModelTraits? Traits(ByteSource file, CompanionFiles companions) => null;
}
