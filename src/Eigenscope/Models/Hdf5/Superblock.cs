namespace Eigenscope.Models.Hdf5;

/// <summary>The first structure of an HDF5 file, at byte 0 or behind a user block of 512, 1024, 2048, ... bytes: where the root group is.</summary>
internal static class Superblock
{
    private const int VersionAt = 8;
    private const int FirstUserBlock = 512;

    /// <summary>The signature of the format.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Reads the superblock.</summary>
    /// <returns>The file, and the place of the root group's object header.</returns>
    public static (Hdf5File File, long Root) Read(ByteSource bytes)
    {
        var start = Find(bytes);
        var version = bytes.ReadArray(start + VersionAt, 1)[0];
        return version switch
        {
            0 => ReadOld(bytes, start, fieldsAt: 24),
            1 => ReadOld(bytes, start, fieldsAt: 28),
            2 or 3 => ReadNew(bytes, start),
            _ => throw new ModelFormatException(ModelFault.Unsupported, bytes.Path, $"version {version} of the HDF5 superblock is not read, only 0 to 3", start),
        };
    }

    private static long Find(ByteSource bytes)
    {
        for (var at = 0L; at < bytes.Length - Signature.Length; at = at == 0 ? FirstUserBlock : at * 2)
        {
            if (bytes.ReadArray(at, Signature.Length).AsSpan().SequenceEqual(Signature))
            {
                return at;
            }
        }

        throw new ModelFormatException(ModelFault.BadHeader, bytes.Path, "the file holds no HDF5 signature at byte 0, 512, 1024, ...", 0);
    }

    private static (Hdf5File File, long Root) ReadOld(ByteSource bytes, long start, int fieldsAt)
    {
        var sizes = bytes.ReadArray(start + VersionAt + 5, 2);
        var file = new Hdf5File(bytes, start, sizes[0], sizes[1]);
        var fields = file.Metadata(start + fieldsAt, 6 * file.AddressBytes);
        var stated = fields.Size(file.AddressBytes);
        fields.Skip(file.AddressBytes);
        RequireWhole(file, stated, fields.Size(file.AddressBytes));
        if (fields.Address() is not null)
        {
            throw fields.Bad(ModelFault.Unsupported, "a file of the family or multi driver is not read: copy it into one file with h5repack");
        }

        fields.Skip(file.AddressBytes);
        return (file, fields.AddressOf("the root group"));
    }

    private static (Hdf5File File, long Root) ReadNew(ByteSource bytes, long start)
    {
        var sizes = bytes.ReadArray(start + VersionAt + 1, 2);
        var file = new Hdf5File(bytes, start, sizes[0], sizes[1]);
        var fields = file.Metadata(start + VersionAt + 4, 4 * file.AddressBytes);
        var stated = fields.Size(file.AddressBytes);
        fields.Skip(file.AddressBytes);
        RequireWhole(file, stated, fields.Size(file.AddressBytes));
        return (file, fields.AddressOf("the root group"));
    }

    private static void RequireWhole(Hdf5File file, long statedStart, long statedEnd)
    {
        var end = (Int128)statedEnd - statedStart + file.Start;
        if (end > file.Bytes.Length)
        {
            throw new ModelFormatException(ModelFault.Truncated, file.Bytes.Path, $"the file should end at byte {end}, and {file.Bytes.Length} are there: it was cut short", file.Start);
        }
    }
}
