using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Tests.Models;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Lapack;

public sealed class LapackSearchTests
{
    [Fact]
    public void Says_what_it_looked_for_and_how_to_get_it()
    {
        var error = Assert.Throws<LapackUnavailableException>(() => LapackSearch.Find(null, ["libnothing.so.1", "libnowhere.so"]));
        Assert.Contains("none of libnothing.so.1, libnowhere.so is installed", error.Message, StringComparison.Ordinal);
        Assert.Contains("libopenblas0-pthread", error.Message, StringComparison.Ordinal);
        Assert.Contains("EIGENSCOPE_LAPACK", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A path that is named is the only one tried.</summary>
    [Fact]
    public void A_named_library_that_cannot_be_loaded_is_an_error()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { "/nonexistent", folder.Write("no-library.so", [1, 2, 3]) })
        {
            var error = Assert.Throws<LapackUnavailableException>(() => LapackSearch.Find(path, LapackSearch.Names));
            Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
            Assert.Contains("cannot be loaded", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_named_library_has_to_export_every_routine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libm.so.6 is Linux's");
        var error = Assert.Throws<LapackUnavailableException>(() => LapackSearch.Find("libm.so.6", []));
        Assert.Contains("does not export dsyevd_", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void What_cannot_be_used_is_passed_over(string? path)
    {
        var installed = InstalledLapack.Require();
        Assert.SkipWhen(Environment.GetEnvironmentVariable(LapackSearch.Variable) is { Length: > 0 }, $"{LapackSearch.Variable} names a library");
        Assert.Equal(installed.Name, LapackSearch.Find(path, ["libnothing.so.1", "libm.so.6", .. LapackSearch.Names]).Name);
    }

    [Fact]
    public void Names_what_was_found() => Assert.Contains(InstalledLapack.Require().Version, InstalledLapack.Require().Name, StringComparison.Ordinal);
}
