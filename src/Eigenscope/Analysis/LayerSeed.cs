namespace Eigenscope.Analysis;

/// <summary>The seed of one matrix of a layer: it depends on the seed of the run, the layer's name and the slice, never on what is analysed beside it.</summary>
internal static class LayerSeed
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a (Fowler, Noll and Vo) over the bytes of all three.</summary>
    public static long Of(long seed, string name, int slice)
    {
        var hash = OffsetBasis;
        Add((ulong)seed, sizeof(long));
        Add((ulong)slice, sizeof(int));
        foreach (var letter in name)
        {
            Add(letter, sizeof(char));
        }

        return (long)hash;

        void Add(ulong value, int bytes)
        {
            for (var i = 0; i < bytes; i++, value >>= 8)
            {
                hash = unchecked((hash ^ (value & 0xFF)) * Prime);
            }
        }
    }
}
