namespace Eigenscope.Models.Hdf5;

/// <summary>All datasets of a file by their paths from the root group, without a leading slash.</summary>
internal sealed class Hdf5Tree
{
    /// <summary>More levels of groups than any model has.</summary>
    private const int MaxDepth = 64;

    /// <summary>Longer than the path of any weight.</summary>
    private const int MaxPathLength = 4096;

    private readonly Hdf5File file;
    private readonly Func<string, bool> isWanted;
    private readonly Dictionary<long, Hdf5Dataset?> known = [];
    private readonly List<(string Path, Hdf5Dataset Dataset)> found = [];

    private Hdf5Tree(Hdf5File file, Func<string, bool> isWanted) => (this.file, this.isWanted) = (file, isWanted);

    /// <summary>Lists the datasets of numbers.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="isWanted">False for the path of a group or dataset that is passed over unread.</param>
    public static IReadOnlyList<(string Path, Hdf5Dataset Dataset)> Read(ByteSource bytes, Func<string, bool> isWanted)
    {
        var (file, root) = Superblock.Read(bytes);
        var tree = new Hdf5Tree(file, isWanted);
        var header = ObjectHeader.Read(file, root);
        tree.ReadGroup(header, "", 0);
        file.RequireDataApart();
        return tree.found;
    }

    private void ReadGroup(ObjectHeader group, string path, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in GroupLinks.Of(file, group))
        {
            var full = path.Length == 0 ? link.Name : $"{path}/{link.Name}";
            RequireSound(link, full, depth, names.Add(link.Name));
            if (link.Target is { } target && isWanted(full))
            {
                ReadObject(target, full, depth + 1);
            }
        }
    }

    private void RequireSound(Hdf5Link link, string path, int depth, bool isNew)
    {
        var at = link.Target ?? file.Start;
        file.Charge(path.Length, at);
        if (!isNew)
        {
            throw file.Bad(ModelFault.Inconsistent, at, $"two links are named '{path}'");
        }

        if (depth >= MaxDepth || path.Length > MaxPathLength)
        {
            throw file.Bad(ModelFault.TooLarge, at, $"groups lie {depth + 1} deep with a path of {path.Length} characters; at most {MaxDepth} and {MaxPathLength} are read");
        }
    }

    /// <summary>A dataset may have several names; a group with two is refused, since its members would have two paths each.</summary>
    private void ReadObject(long at, string path, int depth)
    {
        if (!known.TryGetValue(at, out var dataset))
        {
            var header = ObjectHeader.Read(file, at);
            if (header.IsDataset)
            {
                known.Add(at, dataset = ReadDataset(header, at, path));
            }
            else if (header.IsGroup)
            {
                ReadGroup(header, path, depth);
            }
        }

        if (dataset is not null)
        {
            found.Add((path, dataset));
        }
    }

    private Hdf5Dataset? ReadDataset(ObjectHeader header, long at, string path)
    {
        try
        {
            return Hdf5Dataset.Read(file, header, at);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException(e.Fault, e.File, $"dataset '{path}': {WithoutPlace(e)}", e.Offset, e);
        }
    }

    private static string WithoutPlace(ModelFormatException e)
    {
        var prefix = e.Offset is { } at ? $"{e.File}: byte {at}: " : $"{e.File}: ";
        return e.Message.StartsWith(prefix, StringComparison.Ordinal) ? e.Message[prefix.Length..] : e.Message;
    }
}
