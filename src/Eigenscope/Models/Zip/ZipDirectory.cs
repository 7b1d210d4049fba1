namespace Eigenscope.Models.Zip;

/// <summary>
/// The members of a zip archive (PKWARE APPNOTE 6.3): local headers with their data, then the central directory, then its end record.
/// </summary>
/// <remarks>
/// Readers of zip disagree where an archive contradicts itself, and a file that shows one content to a scanner and another to a
/// loader lives on that. Here the two headers of a member must agree, names are unique, members do not overlap, the directory ends
/// where its end record starts, and nothing is encrypted.
/// </remarks>
internal sealed class ZipDirectory
{
    /// <summary>The most members that are read.</summary>
    public const int MaxMembers = 1 << 20;

    /// <summary>The largest central directory that is read.</summary>
    public const int MaxDirectoryBytes = 1 << 28;

    private readonly Dictionary<string, ZipMember> byName = new(StringComparer.Ordinal);

    private ZipDirectory(IReadOnlyList<ZipMember> members) => Members = members;

    /// <summary>The members in the order of the directory.</summary>
    public IReadOnlyList<ZipMember> Members { get; }

    /// <summary>The first bytes of an archive with at least one member.</summary>
    public static ReadOnlySpan<byte> Signature => "PK\x03\x04"u8;

    /// <summary>Reads and checks the directory and every local header; no data.</summary>
    /// <exception cref="ModelFormatException">The archive is broken, contradicts itself or is of a kind that is not read.</exception>
    public static ZipDirectory Read(ByteSource file)
    {
        var end = ZipEnd.Find(file);
        var members = ReadEntries(file, end).ConvertAll(entry => ZipMember.Locate(file, entry));
        RequireApart(file, members, end.DirectoryOffset);
        var directory = new ZipDirectory(members);
        directory.IndexNames(file);
        return directory;
    }

    /// <summary>The member of that exact name, or null.</summary>
    public ZipMember? Find(string name) => byName.GetValueOrDefault(name);

    private static List<ZipEntry> ReadEntries(ByteSource file, ZipEnd end)
    {
        if (end.Count > MaxMembers || end.DirectorySize > MaxDirectoryBytes)
        {
            throw new ModelFormatException(ModelFault.TooLarge, file.Path, $"the zip directory lists {end.Count} members in {end.DirectorySize} bytes; at most {MaxMembers} in {MaxDirectoryBytes} are read", end.DirectoryOffset);
        }

        var bytes = file.ReadArray(end.DirectoryOffset, end.DirectorySize);
        var entries = new List<ZipEntry>();
        for (var at = 0; at < bytes.Length;)
        {
            var entry = ZipEntry.Central(file.Path, bytes.AsSpan(at), end.DirectoryOffset + at);
            entries.Add(entry);
            at += entry.HeaderBytes;
        }

        return RequireCount(file, entries, end);
    }

    private static List<ZipEntry> RequireCount(ByteSource file, List<ZipEntry> entries, ZipEnd end) =>
        entries.Count == end.Count
            ? entries
            : throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"the zip directory holds {entries.Count} members and its end record says {end.Count}", end.DirectoryOffset);

    private static void RequireApart(ByteSource file, List<ZipMember> members, long directoryOffset)
    {
        var freeFrom = 0L;
        foreach (var member in members.OrderBy(member => member.HeaderOffset))
        {
            if (member.HeaderOffset < freeFrom || member.DataEnd > directoryOffset)
            {
                throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"zip member '{member.Name}' overlaps another part of the archive", member.HeaderOffset);
            }

            freeFrom = member.DataEnd;
        }
    }

    private void IndexNames(ByteSource file)
    {
        foreach (var member in Members)
        {
            if (!byName.TryAdd(member.Name, member))
            {
                throw new ModelFormatException(ModelFault.Inconsistent, file.Path, $"two zip members are named '{member.Name}'", member.HeaderOffset);
            }
        }
    }
}
