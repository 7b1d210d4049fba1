using Xunit;

namespace Eigenscope.EndToEnd;

/// <summary>Files of the repository, found by walking up from where the tests run, and of the folder <c>shared</c> beside it.</summary>
internal static class Repository
{
    private static readonly string Root = RootAbove(AppContext.BaseDirectory);

    /// <summary>A small trained transformer: 52 tensors in 4 blocks, with fused c_attn.</summary>
    public static string TinyGpt { get; } = Path.Combine(Root, "samples", "tiny-gpt");

    /// <summary>The same transformer before its training.</summary>
    public static string UntrainedTinyGpt { get; } = Path.Combine(Root, "samples", "tiny-gpt-step0");

    /// <summary>The root.</summary>
    public static string Folder => Root;

    /// <summary>The trained transformer in a folder of another name.</summary>
    public static string CopyOfTinyGpt(TemporaryFolder into, string name)
    {
        var copy = into.MakeFolder(name);
        foreach (var file in Directory.GetFiles(TinyGpt))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: false);
        }

        return copy;
    }

    /// <summary>The full path of a file or folder under ../shared; skips the running test where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(Path.Exists(path), $"{Path.Combine(["../shared", .. parts])} is not there");
        return path;
    }

    /// <summary>The full path of a file in a package of published models; skips the running test where the package was not fetched.</summary>
    public static string Package(string file)
    {
        var path = Path.Combine([Root, "tests", "models", "node_modules", .. file.Split('/')]);
        Assert.SkipUnless(File.Exists(path), $"{file} was not fetched: npm ci in tests/models");
        return path;
    }

    private static string RootAbove(string start)
    {
        var folder = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(folder.FullName, "Eigenscope.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{start} is not inside the repository");
        }

        return folder.FullName;
    }
}
