using Eigenscope.Models;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>A model file may name files in its folder and below, and no others.</summary>
public sealed class FolderFilesTests
{
    [Fact]
    public void Opens_what_lies_beside_and_below_once()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "sub", "deep"));
        var model = folder.Write("model.onnx", "x");
        folder.Write("weights.bin", "abc");
        folder.Write("sub/deep/part", "defg");
        using var files = FolderFiles.Beside(model);
        Assert.Equal(3, files.Open("weights.bin").Length);
        Assert.Equal(4, files.Open("sub/deep/part").Length);
        Assert.Same(files.Open("weights.bin"), files.Open("weights.bin"));
        Assert.Equal(2, files.Opened.Count);
        Assert.True(files.Has("weights.bin"));
        Assert.False(files.Has("nothing.bin"));
        Assert.Equal(ModelFault.Missing, Assert.Throws<ModelFormatException>(() => files.Open("nothing.bin")).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../secret")]
    [InlineData("sub/../../secret")]
    [InlineData("./weights.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("sub//part")]
    [InlineData("C:\\secret")]
    [InlineData("\\\\server\\share")]
    [InlineData("weights.bin:stream")]
    [InlineData("weights.bin\0")]
    [InlineData("link")]
    [InlineData("linked/secret")]
    [InlineData("relative")]
    [InlineData("chain")]
    public void Nothing_outside_is_opened(string path)
    {
        using var outside = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        var (model, secret) = (folder.Write("model.onnx", "x"), outside.Write("secret", "secret"));
        folder.Write("weights.bin", "abc");
        Directory.CreateDirectory(Path.Combine(folder.Path, "sub"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), secret);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "linked"), outside.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "relative"), Path.GetRelativePath(folder.Path, secret));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "chain"), "link");
        using var files = FolderFiles.Beside(model);
        Assert.Equal(ModelFault.Unsafe, Assert.Throws<ModelFormatException>(() => files.Open(path)).Fault);
        Assert.Empty(files.Opened);
    }

    /// <summary>The cache of the hub keeps files as blobs, and a revision as a folder of links to them.</summary>
    [Fact]
    public void A_snapshot_leads_to_its_blobs()
    {
        using var cache = new TemporaryFolder();
        var (blobs, snapshot) = (Path.Combine(cache.Path, "models--org--m", "blobs"), Path.Combine(cache.Path, "models--org--m", "snapshots", "abc"));
        Directory.CreateDirectory(blobs);
        Directory.CreateDirectory(snapshot);
        File.WriteAllText(Path.Combine(blobs, "1"), "abc");
        cache.Write("secret", "secret");
        File.CreateSymbolicLink(Path.Combine(snapshot, "weights.bin"), "../../blobs/1");
        File.CreateSymbolicLink(Path.Combine(snapshot, "evil.bin"), "../../../secret");
        using var files = new FolderFiles(snapshot);
        Assert.Equal(3, files.Open("weights.bin").Length);
        Assert.Equal(ModelFault.Unsafe, Assert.Throws<ModelFormatException>(() => files.Open("evil.bin")).Fault);
    }

    /// <summary>A file that the user's folder holds may be a link to anywhere.</summary>
    [Fact]
    public void What_the_folder_lists_may_lie_elsewhere()
    {
        using var elsewhere = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "weights.npy"), elsewhere.Write("big", "abcd"));
        using var files = new FolderFiles(folder.Path);
        Assert.Equal(4, files.OpenListed("weights.npy").Length);
    }

    /// <summary>Links that stay inside are followed, also where the folder itself is reached by a link.</summary>
    [Fact]
    public void Links_inside_are_followed()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        folder.Write("model.onnx", "x");
        folder.Write("weights.bin", "abc");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "alias"), "weights.bin");
        var entrance = Path.Combine(elsewhere.Path, "entrance");
        Directory.CreateSymbolicLink(entrance, folder.Path);
        using var files = FolderFiles.Beside(Path.Combine(entrance, "model.onnx"));
        Assert.Equal(3, files.Open("alias").Length);
    }
}
