using System.Numerics;

namespace Eigenscope.Models.Hdf5;

/// <summary>
/// A fractal heap (<c>FRHP</c>): objects in direct blocks (<c>FHDB</c>), found through a table of rows whose blocks double in size; behind the largest direct blocks
/// come indirect ones (<c>FHIB</c>) with a table of their own.
/// </summary>
internal sealed class FractalHeap
{
    private const int HeapIdKindMask = 0x30;

    private readonly Hdf5File file;
    private readonly Dictionary<long, Hdf5Block> blocks = [];
    private readonly int offsetWidth;
    private readonly int lengthWidth;
    private readonly int width;
    private readonly long firstBytes;
    private readonly int directRows;
    private readonly long root;
    private readonly int rootRows;

    /// <summary>Reads the heap's header.</summary>
    public FractalHeap(Hdf5File file, long at)
    {
        this.file = file;
        var header = file.Metadata(at, 26 + (12 * file.LengthBytes) + (3 * file.AddressBytes));
        header.Expect("FRHP"u8, "a fractal heap");
        header.ExpectVersion(0, "the fractal heap");
        header.Skip(2);
        RequireUnfiltered(header);
        header.Skip(1);
        var mostManaged = header.UInt32();
        header.Skip((10 * file.LengthBytes) + (2 * file.AddressBytes));
        (width, firstBytes) = (header.UInt16(), header.Length());
        var mostDirect = header.Length();
        var heapBits = header.UInt16();
        header.Skip(2);
        (root, rootRows) = (header.AddressOf("a heap's root block"), header.UInt16());
        RequireSound(header, mostDirect, heapBits);
        offsetWidth = (heapBits + 7) / 8;
        lengthWidth = Math.Min((BitOperations.Log2((ulong)mostDirect) + 7) / 8, FieldWidth.Of(mostManaged));
        directRows = BitOperations.Log2((ulong)mostDirect) - BitOperations.Log2((ulong)firstBytes) + 2;
    }

    /// <summary>The object that a heap identifier names.</summary>
    public Hdf5Cursor Get(Hdf5Cursor id)
    {
        if ((id.Byte() & HeapIdKindMask) != 0)
        {
            throw id.Bad(ModelFault.Unsupported, "huge and tiny objects of a fractal heap are not read");
        }

        var offset = id.Size(offsetWidth);
        var length = id.Size(lengthWidth);
        file.Charge(length, id.Offset);
        var (block, skip) = rootRows == 0 ? (Direct(root, firstBytes), offset) : InTable(root, rootRows, offset, id);
        return block.Part(file, skip, length);
    }

    private static void RequireUnfiltered(Hdf5Cursor header)
    {
        if (header.UInt16() != 0)
        {
            throw header.Bad(ModelFault.Unsupported, "a fractal heap with filters is not read");
        }
    }

    private void RequireSound(Hdf5Cursor header, long mostDirect, int heapBits)
    {
        if (!IsPowerOfTwo(width) || !IsPowerOfTwo(firstBytes) || !IsPowerOfTwo(mostDirect) || firstBytes > mostDirect || mostDirect > int.MaxValue || heapBits > 56)
        {
            throw header.Bad(ModelFault.Inconsistent, $"a fractal heap has {width} blocks of {firstBytes} to {mostDirect} bytes in {heapBits} bits; powers of two were expected");
        }
    }

    private static bool IsPowerOfTwo(long value) => value > 0 && BitOperations.IsPow2(value);

    private (Hdf5Block Block, long Skip) InTable(long table, int rows, long offset, Hdf5Cursor id)
    {
        while (true)
        {
            var perRow = width * firstBytes;
            var row = offset < perRow ? 0 : BitOperations.Log2((ulong)(offset / perRow)) + 1;
            if (row >= rows)
            {
                throw id.Bad(ModelFault.Inconsistent, $"a heap object is said to lie at {offset}, beyond its heap");
            }

            var bytes = firstBytes << Math.Max(0, row - 1);
            var inRow = row == 0 ? offset : offset - (perRow << (row - 1));
            var child = Child(table, rows, (row * width) + (int)(inRow / bytes));
            offset = inRow % bytes;
            if (row < directRows)
            {
                return (Direct(child, bytes), offset);
            }

            (table, rows) = (child, Math.Min(row, BitOperations.Log2((ulong)bytes) - BitOperations.Log2((ulong)perRow) + 1));
        }
    }

    private long Child(long table, int rows, int entry)
    {
        var block = Block(table, 5 + file.AddressBytes + offsetWidth + ((long)rows * width * file.AddressBytes), "FHIB"u8);
        return block.Part(file, 5 + file.AddressBytes + offsetWidth + ((long)entry * file.AddressBytes), file.AddressBytes).AddressOf("a heap block");
    }

    private Hdf5Block Direct(long at, long bytes) => Block(at, bytes, "FHDB"u8);

    private Hdf5Block Block(long at, long bytes, ReadOnlySpan<byte> signature)
    {
        if (!blocks.TryGetValue(at, out var block))
        {
            var read = file.Metadata(at, bytes);
            block = new Hdf5Block(read.Bytes(read.Remaining).ToArray(), at);
            block.Part(file, 0, signature.Length).Expect(signature, "a heap block");
            blocks.Add(at, block);
        }

        return block;
    }
}

/// <summary>A block of structure that is read in parts.</summary>
internal sealed record Hdf5Block(byte[] Bytes, long Offset)
{
    /// <summary>A part of it.</summary>
    public Hdf5Cursor Part(Hdf5File file, long start, long length) =>
        start <= Bytes.Length && length <= Bytes.Length - start
            ? new Hdf5Cursor(file, Bytes.AsMemory((int)start, (int)length), Offset + start)
            : throw file.Bad(ModelFault.Inconsistent, Offset, $"{length} bytes at {start} are wanted of a block of {Bytes.Length}");
}
