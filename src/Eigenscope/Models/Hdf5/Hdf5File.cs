namespace Eigenscope.Models.Hdf5;

/// <summary>
/// The bytes of an HDF5 file with what its superblock states. Structures of a sound file do not overlap, so all that is read of them, and the names made of them, is
/// no more than a few times the file: a file whose structures share bytes runs out of that allowance.
/// </summary>
internal sealed class Hdf5File
{
    /// <summary>A link in a heap is read with its block, by itself, as a name and as the end of a path, which begins with the names of groups.</summary>
    private const int ReadsOfAByte = 8;

    /// <summary>For small files of long paths.</summary>
    private const long SpareBytes = 1 << 20;

    /// <summary>More than any one node, block or header has.</summary>
    private const long MaxStructureBytes = 1 << 28;

    private readonly HashSet<long> visited = [];
    private readonly List<(long Offset, long Length)> data = [];
    private Int128 allowance;

    /// <summary>Makes the file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="start">Where the superblock lies, from which addresses count.</param>
    /// <param name="addressBytes">The width of an address.</param>
    /// <param name="lengthBytes">The width of a length.</param>
    public Hdf5File(ByteSource bytes, long start, int addressBytes, int lengthBytes)
    {
        (Bytes, Start, AddressBytes, LengthBytes) = (bytes, start, addressBytes, lengthBytes);
        allowance = ((Int128)bytes.Length * ReadsOfAByte) + SpareBytes;
        if (addressBytes is not (4 or 8) || lengthBytes is not (4 or 8))
        {
            throw Bad(ModelFault.Unsupported, start, $"addresses of {addressBytes} and lengths of {lengthBytes} bytes are not read, only 4 and 8");
        }
    }

    /// <summary>The whole file.</summary>
    public ByteSource Bytes { get; }

    /// <summary>The byte from which addresses count.</summary>
    public long Start { get; }

    /// <summary>The width of an address.</summary>
    public int AddressBytes { get; }

    /// <summary>The width of a length.</summary>
    public int LengthBytes { get; }

    /// <summary>Decoded chunks of all datasets.</summary>
    public ChunkCache Chunks { get; } = new();

    /// <summary>Reads a piece of structure.</summary>
    public Hdf5Cursor Metadata(long offset, long count)
    {
        Bytes.RequireRange(offset, count);
        Charge(count, offset);
        if (count > MaxStructureBytes)
        {
            throw Bad(ModelFault.TooLarge, offset, $"a structure of {count} bytes is not read, only up to {MaxStructureBytes}");
        }

        return new Hdf5Cursor(this, Bytes.ReadArray(offset, count), offset);
    }

    /// <summary>Takes from the allowance of the file.</summary>
    public void Charge(long count, long offset)
    {
        allowance -= count;
        if (allowance < 0)
        {
            throw Bad(ModelFault.Inconsistent, offset, "the structures of the file are larger than the file: they overlap");
        }
    }

    /// <summary>Throws where a node, block or group is reached for the second time.</summary>
    public void Visit(long offset, string what)
    {
        if (!visited.Add(offset))
        {
            throw Bad(ModelFault.Inconsistent, offset, $"{what} is reached twice: the file links in a loop, or two paths lead here");
        }
    }

    /// <summary>Notes where elements lie; a range that is no part of the file is refused.</summary>
    public void AddData(long offset, long length)
    {
        Bytes.RequireRange(offset, length);
        if (length > 0)
        {
            data.Add((offset, length));
        }
    }

    /// <summary>Throws where elements of one dataset or chunk lie on those of another.</summary>
    public void RequireDataApart()
    {
        var free = 0L;
        foreach (var (offset, length) in data.Order())
        {
            if (offset < free)
            {
                throw Bad(ModelFault.Inconsistent, offset, "the elements of two datasets or chunks overlap");
            }

            free = offset + length;
        }
    }

    /// <summary>An exception that names the file.</summary>
    public ModelFormatException Bad(ModelFault fault, long offset, string what) => new(fault, Bytes.Path, what, offset);
}
