using Xunit;

namespace Eigenscope.Tests.Golden;

/// <summary>Texts that are kept in the repository and must equal what the code says. EIGENSCOPE_UPDATE_GOLDEN=1 rewrites them.</summary>
internal static class GoldenFile
{
    public static void Require(string relativePath, string actual)
    {
        var path = Path.Combine(SharedFiles.Repository, relativePath);
        if (Environment.GetEnvironmentVariable("EIGENSCOPE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{relativePath} is missing; EIGENSCOPE_UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
