using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenscope.Models.Hdf5;

/// <summary>The filters that every chunk of a dataset went through: gzip, shuffle and fletcher32, in any order.</summary>
internal sealed class Filters
{
    private const int Gzip = 1;
    private const int Shuffle = 2;
    private const int Fletcher32 = 3;
    private const int ChecksumBytes = 4;

    /// <summary>No deflate stream expands further than this: a match of 258 bytes in two bits.</summary>
    private const int MaxExpansion = 1032;

    private static readonly Dictionary<int, string> Others = new()
    {
        [4] = "szip",
        [5] = "nbit",
        [6] = "scale-offset",
        [307] = "bzip2",
        [32000] = "lzf",
        [32001] = "blosc",
        [32004] = "lz4",
        [32008] = "bitshuffle",
        [32013] = "zfp",
        [32015] = "zstd",
        [32026] = "blosc2",
    };

    private readonly List<int> ids = [];

    /// <summary>No filters.</summary>
    public static Filters None { get; } = new();

    /// <summary>True where chunks are stored as they are.</summary>
    public bool IsEmpty => ids.Count == 0;

    /// <summary>Reads a filter pipeline message.</summary>
    public static Filters Read(Hdf5Cursor body)
    {
        var (version, count) = (body.Byte(), body.Byte());
        if (version is not (1 or 2))
        {
            throw body.Bad(ModelFault.Unsupported, $"version {version} of the filter message is not read, only 1 and 2");
        }

        body.Skip(version == 1 ? 6 : 0);
        var filters = new Filters();
        for (var i = 0; i < count; i++)
        {
            filters.ids.Add(ReadOne(body, version));
        }

        return filters.ids.Count(id => id == Gzip) <= 1 ? filters : throw body.Bad(ModelFault.Unsupported, "chunks compressed twice are not read");
    }

    /// <summary>Throws where stored bytes cannot become a chunk.</summary>
    public void RequirePlausible(Hdf5File file, ChunkPlace place, long chunkBytes)
    {
        var packed = Applied(place.Mask).Contains(Gzip);
        var checksums = Applied(place.Mask).Count(id => id == Fletcher32) * ChecksumBytes;
        if (packed ? chunkBytes / MaxExpansion > place.Bytes : place.Bytes != chunkBytes + checksums)
        {
            throw file.Bad(ModelFault.Inconsistent, place.Offset, $"{place.Bytes} stored bytes cannot hold a chunk of {chunkBytes}");
        }
    }

    /// <summary>Undoes the filters of a chunk.</summary>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="place">Where they lie.</param>
    /// <param name="chunkBytes">The length of the chunk.</param>
    /// <param name="elementBytes">The length of an element.</param>
    /// <param name="path">The file, for messages.</param>
    public byte[] Decode(byte[] stored, ChunkPlace place, int chunkBytes, int elementBytes, string path)
    {
        var bytes = stored;
        foreach (var id in Applied(place.Mask).Reverse())
        {
            bytes = id switch
            {
                Gzip => Inflate(bytes, chunkBytes + (ids.Count * ChecksumBytes), path, place.Offset),
                Shuffle => Unshuffle(bytes, elementBytes),
                _ => WithoutChecksum(bytes, path, place.Offset),
            };
        }

        return bytes.Length == chunkBytes ? bytes : throw Bad(path, place.Offset, $"a chunk of {chunkBytes} bytes decodes to {bytes.Length}");
    }

    private static int ReadOne(Hdf5Cursor body, int version)
    {
        var id = body.UInt16();
        var nameBytes = version == 1 || id >= 256 ? body.UInt16() : 0;
        body.Skip(2);
        var values = body.UInt16();
        body.Skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
        body.Skip((values * 4) + (version == 1 && values % 2 == 1 ? 4 : 0));
        return id is Gzip or Shuffle or Fletcher32
            ? id
            : throw body.Bad(ModelFault.Unsupported, $"chunks with the filter {Others.GetValueOrDefault(id, "number " + id)} are not read, only gzip, shuffle and fletcher32: copy the file with h5repack -f GZIP=1");
    }

    /// <summary>A bit of the mask says that its filter was left out for this chunk.</summary>
    private IEnumerable<int> Applied(uint mask) => ids.Where((_, i) => i >= 32 || (mask >> i & 1) == 0);

    private static byte[] Inflate(byte[] packed, int most, string path, long offset)
    {
        var bytes = new byte[most];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var count = stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false);
            return count < most || stream.ReadByte() < 0 ? bytes[..count] : throw Bad(path, offset, "a chunk inflates to more than its size");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ModelFormatException(ModelFault.Inconsistent, path, "a chunk is no valid zlib stream", offset, e);
        }
    }

    /// <summary>Shuffled are first the first bytes of all elements, then the second ones, and so on; what is no whole element stays at the end.</summary>
    private static byte[] Unshuffle(byte[] shuffled, int elementBytes)
    {
        var bytes = shuffled.ToArray();
        var count = shuffled.Length / elementBytes;
        for (var part = 0; part < elementBytes; part++)
        {
            for (var i = 0; i < count; i++)
            {
                bytes[(i * elementBytes) + part] = shuffled[(part * count) + i];
            }
        }

        return bytes;
    }

    private static byte[] WithoutChecksum(byte[] bytes, string path, long offset)
    {
        var length = bytes.Length - ChecksumBytes;
        return length >= 0 && Checksum(bytes.AsSpan(0, length)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length))
            ? bytes[..length]
            : throw Bad(path, offset, "the checksum of a chunk is wrong: the file is damaged");
    }

    /// <summary>Fletcher's checksum over big-endian words of 16 bits; both sums are modulo 65535, with 65535 for a zero that is not the first.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var (low, high) = (0u, 0u);
        for (var i = 0; i < bytes.Length; i += 2)
        {
            low = Folded(low + ((uint)bytes[i] << 8) + (i + 1 < bytes.Length ? bytes[i + 1] : 0u));
            high = Folded(high + low);
        }

        return (high << 16) | low;
    }

    private static uint Folded(uint sum) => (sum & 0xffff) + (sum >> 16);

    private static ModelFormatException Bad(string path, long offset, string what) => new(ModelFault.Inconsistent, path, what, offset);
}
