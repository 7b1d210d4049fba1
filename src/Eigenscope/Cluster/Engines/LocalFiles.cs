namespace Eigenscope.Cluster.Engines;

/// <summary>Guesses, by the type of the file system that it lies on, whether other machines see a path. A guess: a local disk may be exported, and a foreign type may be local.</summary>
public static class LocalFiles
{
    private static readonly HashSet<string> LocalTypes = new(StringComparer.Ordinal)
    {
        "tmpfs", "ramfs", "devtmpfs", "rootfs", "overlay", "squashfs", "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "jfs", "f2fs", "reiserfs", "bcachefs", "vfat", "exfat", "ntfs", "ntfs3",
    };

    private static readonly string[] LocalFolders = ["/tmp", "/var/tmp", "/dev/shm"];

    /// <summary>Why other machines probably do not see a path; null where nothing speaks against it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="mounts">The content of <c>/proc/mounts</c>.</param>
    public static string? Reason(string path, string mounts) =>
        Type(path, mounts) is { } type && LocalTypes.Contains(type) ? $"it lies on a local file system ({type})"
        : Array.Find(LocalFolders, folder => IsBelow(path, folder)) is { } local ? $"{local} is a folder of each machine"
        : null;

    /// <summary>The type of the file system at the last and longest place of mounting above the path.</summary>
    private static string? Type(string path, string mounts) =>
        mounts.Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length >= 3 && IsBelow(path, Unescaped(parts[1]))).Select(parts => (Place: Unescaped(parts[1]), Type: parts[2]))
            .Aggregate((Place: "", Type: (string?)null), (best, next) => next.Place.Length >= best.Place.Length ? next : best).Type;

    private static bool IsBelow(string path, string folder) => folder == "/" || path == folder || path.StartsWith($"{folder}/", StringComparison.Ordinal);

    private static string Unescaped(string place) => place.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}
