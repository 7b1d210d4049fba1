using Xunit;

namespace Eigenscope.Tests;

/// <summary>Files that lie beside the repository: reference numbers and real models. A test that needs one skips where it is absent.</summary>
internal static class SharedFiles
{
    /// <summary>The full path of a file or folder under ../shared; skips the running test where it is absent.</summary>
    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Repository, "..", "shared", .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"{System.IO.Path.Combine(["../shared", .. parts])} is not there");
        return System.IO.Path.GetFullPath(path);
    }

    /// <summary>The root of the repository, found from where the tests run.</summary>
    public static string Repository { get; } = FindRepository(AppContext.BaseDirectory);

    private static string FindRepository(string from)
    {
        var folder = new DirectoryInfo(from);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Eigenscope.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{from} is not inside the repository");
        }

        return folder.FullName;
    }
}
