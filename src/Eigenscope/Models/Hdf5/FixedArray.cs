namespace Eigenscope.Models.Hdf5;

/// <summary>
/// A fixed array (<c>FAHD</c>, <c>FADB</c>): one entry for each chunk that the dataset may have, in pages with a checksum each where there are many.
/// </summary>
internal static class FixedArray
{
    private const int ChecksumBytes = 4;
    private const int WithFilters = 1;
    private const int MaxPageBits = 30;

    /// <summary>What the header says.</summary>
    private sealed record Header(int Client, int EntryBytes, long PageEntries, long Count, long Block)
    {
        public bool IsPaged => Count > PageEntries;
    }

    /// <summary>Enters the places of all chunks.</summary>
    public static void Fill(ChunkPlace[] places, Hdf5File file, long at, ChunkGrid grid, Filters filters)
    {
        var header = ReadHeader(file, at, filters);
        var entriesAt = EntriesAt(file, header, out var pages);
        for (var i = 0; i < places.Length; i++)
        {
            var place = grid.InCapacity(i) is { } number && number < header.Count ? number
                : throw file.Bad(ModelFault.Inconsistent, at, $"chunk {i} has no entry in a table of {header.Count}");
            places[i] = pages is null || IsWritten(pages, place / header.PageEntries)
                ? ReadEntry(file.Metadata(EntryAt(entriesAt, header, place), header.EntryBytes), file, header, grid)
                : default;
        }
    }

    private static Header ReadHeader(Hdf5File file, long at, Filters filters)
    {
        file.Visit(at, "a table of chunks");
        var from = file.Metadata(at, 8 + file.LengthBytes + file.AddressBytes);
        from.Expect("FAHD"u8, "a table of chunks");
        from.ExpectVersion(0, "the table of chunks");
        var (client, entryBytes, pageBits) = (from.Byte(), from.Byte(), from.Byte());
        var header = new Header(client, entryBytes, 1L << Math.Min(pageBits, MaxPageBits), from.Length(), from.AddressOf("a table of chunks"));
        var isSound = client == (filters.IsEmpty ? 0 : WithFilters) && (client == 0 ? entryBytes == file.AddressBytes : entryBytes - file.AddressBytes - 4 is >= 1 and <= 8);
        return isSound && pageBits <= MaxPageBits ? header
            : throw from.Bad(ModelFault.Inconsistent, $"a table of chunks of kind {client} has entries of {entryBytes} bytes and pages of 2^{pageBits}");
    }

    private static long EntriesAt(Hdf5File file, Header header, out byte[]? pages)
    {
        file.Visit(header.Block, "a table of chunks");
        var prefix = file.Metadata(header.Block, 6 + file.AddressBytes);
        prefix.Expect("FADB"u8, "a table of chunks");
        prefix.ExpectVersion(0, "the table of chunks");
        if (!header.IsPaged)
        {
            pages = null;
            return header.Block + 6 + file.AddressBytes;
        }

        var bitmap = file.Metadata(prefix.Offset + 1 + file.AddressBytes, (((header.Count - 1) / header.PageEntries) + 8) / 8);
        pages = bitmap.Bytes(bitmap.Remaining).ToArray();
        return bitmap.Offset + ChecksumBytes;
    }

    private static bool IsWritten(byte[] pages, long page) => (pages[page / 8] & (0x80 >> (int)(page % 8))) != 0;

    private static long EntryAt(long entriesAt, Header header, long place)
    {
        var checksums = header.IsPaged ? place / header.PageEntries * ChecksumBytes : 0;
        return (long)Int128.Min(long.MaxValue, entriesAt + ((Int128)place * header.EntryBytes) + checksums);
    }

    private static ChunkPlace ReadEntry(Hdf5Cursor entry, Hdf5File file, Header header, ChunkGrid grid)
    {
        var offset = entry.Address() ?? 0;
        return header.Client == WithFilters
            ? new ChunkPlace(offset, entry.Size(header.EntryBytes - file.AddressBytes - 4), entry.UInt32())
            : new ChunkPlace(offset, grid.ChunkBytes, 0);
    }
}
