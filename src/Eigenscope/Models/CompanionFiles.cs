namespace Eigenscope.Models;

/// <summary>
/// The files that a model file may name: those in its own folder and below it, links included. They stay open as long as the model.
/// </summary>
public abstract class CompanionFiles
{
    /// <summary>Opens a file by its path relative to the folder of the file that names it.</summary>
    /// <param name="path">With <c>/</c> between folders.</param>
    /// <exception cref="ModelFormatException">It is missing, or the path is absolute or leads out of the folder (<see cref="ModelFault.Unsafe"/>).</exception>
    public abstract ByteSource Open(string path);

    /// <summary>True where there is such a file, and it may be opened.</summary>
    public abstract bool Has(string path);
}
