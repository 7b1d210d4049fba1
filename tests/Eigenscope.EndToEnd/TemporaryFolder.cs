namespace Eigenscope.EndToEnd;

/// <summary>A new folder that is deleted with all it holds.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eigenscope-");

    /// <summary>The full path.</summary>
    public string FullPath => folder.FullName;

    /// <summary>The full path of something in the folder.</summary>
    public string this[string name] => Path.Combine(FullPath, name);

    /// <summary>Writes a file and returns its full path.</summary>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Makes a folder in the folder and returns its full path.</summary>
    public string MakeFolder(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
