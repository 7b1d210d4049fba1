using Eigenscope.Cluster.Engines;
using Xunit;

namespace Eigenscope.Tests.Cluster.Engines;

/// <summary>Which paths other machines probably do not see.</summary>
public sealed class LocalFilesTests
{
    private const string Mounts = "/dev/sda1 / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\nserver:/home /home nfs4 rw 0 0\nlocal /home/me/scratch xfs rw 0 0\nfs /big\\040disk lustre rw 0 0\n/dev/sdb /over ext4 rw 0 0\nserver:/x /over nfs rw 0 0\nx /tmp nfs rw 0 0\n";

    [Theory]
    [InlineData("/data/model", "ext4")]
    [InlineData("/dev/shm/model", "tmpfs")]
    [InlineData("/home/me/scratch/model", "xfs")]
    [InlineData("/tmp/model", "/tmp is a folder of each machine")]
    [InlineData("/homes/model", "ext4")]
    [InlineData("/home/me/model", null)]
    [InlineData("/big disk/model", null)]
    [InlineData("/over/model", null)]
    public void The_file_system_decides(string path, string? part)
    {
        var reason = LocalFiles.Reason(path, Mounts);
        Assert.True(part is null ? reason is null : reason!.Contains(part, StringComparison.Ordinal), reason);
    }

    [Fact]
    public void Without_mounts_only_folders_of_each_machine_are_named()
    {
        Assert.Null(LocalFiles.Reason("/data", ""));
        Assert.NotNull(LocalFiles.Reason("/dev/shm/x", ""));
    }
}
