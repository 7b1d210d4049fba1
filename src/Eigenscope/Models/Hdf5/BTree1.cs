namespace Eigenscope.Models.Hdf5;

/// <summary>
/// A version 1 B-tree (<c>TREE</c>): nodes of keys and children in turn; at level 0 the children are what the tree finds, above it they are nodes one level lower.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="type">0 for the names of a group, 1 for the chunks of a dataset.</param>
/// <param name="keyBytes">The length of a key.</param>
internal sealed class BTree1(Hdf5File file, int type, int keyBytes)
{
    /// <summary>The node type of groups.</summary>
    public const int Groups = 0;

    /// <summary>The node type of chunks.</summary>
    public const int Chunks = 1;

    /// <summary>More levels than any file needs.</summary>
    private const int MaxLevels = 64;

    /// <summary>Walks all that a tree finds, in order.</summary>
    /// <param name="root">The place of the root node.</param>
    /// <param name="found">Gets the key before the child, and the child's place.</param>
    public void Walk(long root, Action<Hdf5Cursor, long> found) => Walk(root, null, found);

    private void Walk(long at, int? level, Action<Hdf5Cursor, long> found)
    {
        file.Visit(at, "a B-tree node");
        var prefix = file.Metadata(at, 8 + (2 * file.AddressBytes));
        prefix.Expect("TREE"u8, "a B-tree node");
        var (nodeType, nodeLevel, count) = (prefix.Byte(), prefix.Byte(), prefix.UInt16());
        if (nodeType != type || nodeLevel >= MaxLevels || nodeLevel != (level ?? nodeLevel))
        {
            throw prefix.Bad(ModelFault.Inconsistent, $"a B-tree node has type {nodeType} and level {nodeLevel}; {type} and {level ?? 0} were expected");
        }

        var entries = file.Metadata(at + 8 + (2 * file.AddressBytes), ((long)count * (keyBytes + file.AddressBytes)) + keyBytes);
        for (var i = 0; i < count; i++)
        {
            var key = entries.Sub(keyBytes);
            var child = entries.AddressOf("a B-tree child");
            if (nodeLevel == 0)
            {
                found(key, child);
            }
            else
            {
                Walk(child, nodeLevel - 1, found);
            }
        }
    }
}
