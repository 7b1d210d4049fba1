namespace Eigenscope.Models.Hdf5;

/// <summary>The kinds of header messages that matter here.</summary>
internal enum MessageKind
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0b,
    Continuation = 0x10,
    SymbolTable = 0x11,
}

/// <summary>One message of an object header.</summary>
/// <param name="Kind">Its kind; many have no name here and are passed over.</param>
/// <param name="IsShared">True where the body only says where the message is.</param>
/// <param name="Body">What it says.</param>
internal sealed record HeaderMessage(MessageKind Kind, bool IsShared, Hdf5Cursor Body);

/// <summary>An object header: the messages that make up a group or a dataset, in one block or several.</summary>
/// <remarks>Version 1 has no signature, and messages in multiples of 8 bytes; version 2 begins with <c>OHDR</c>, its further blocks with <c>OCHK</c>.</remarks>
internal sealed class ObjectHeader
{
    private const int SharedFlag = 0x2;
    private const int ChecksumBytes = 4;

    private readonly List<HeaderMessage> messages = [];
    private readonly Hdf5File file;
    private readonly long offset;
    private bool isNew;
    private bool hasOrder;

    private ObjectHeader(Hdf5File file, long offset) => (this.file, this.offset) = (file, offset);

    /// <summary>True for a group of either kind.</summary>
    public bool IsGroup => messages.Exists(message => message.Kind is MessageKind.SymbolTable or MessageKind.LinkInfo or MessageKind.Link);

    /// <summary>True for a dataset.</summary>
    public bool IsDataset => messages.Exists(message => message.Kind == MessageKind.Layout);

    /// <summary>Reads the header with all its blocks.</summary>
    public static ObjectHeader Read(Hdf5File file, long offset)
    {
        file.Visit(offset, "an object header");
        var header = new ObjectHeader(file, offset);
        var blocks = new Queue<Hdf5Cursor>([header.FirstBlock()]);
        while (blocks.TryDequeue(out var block))
        {
            header.ReadMessages(block, blocks);
        }

        return header;
    }

    /// <summary>The bodies of all messages of a kind.</summary>
    public IEnumerable<Hdf5Cursor> All(MessageKind kind) => messages.Where(message => message.Kind == kind).Select(Body);

    /// <summary>The body of the only message of a kind; null where there is none.</summary>
    public Hdf5Cursor? Find(MessageKind kind)
    {
        var found = All(kind).Take(2).ToList();
        return found.Count < 2 ? found.FirstOrDefault() : throw file.Bad(ModelFault.Inconsistent, offset, $"an object header has two messages of kind {kind}");
    }

    /// <summary>The body of the message of a kind that must be there.</summary>
    public Hdf5Cursor Get(MessageKind kind) => Find(kind) ?? throw file.Bad(ModelFault.BadHeader, offset, $"a dataset has no message of kind {kind}");

    private Hdf5Cursor Body(HeaderMessage message) =>
        message.IsShared ? throw message.Body.Bad(ModelFault.Unsupported, $"a shared message of kind {message.Kind} (a committed datatype) is not read: copy the file with h5repack") : message.Body;

    private Hdf5Cursor FirstBlock()
    {
        file.Bytes.RequireRange(offset, 6);
        isNew = file.Bytes.ReadArray(offset, 4).AsSpan().SequenceEqual("OHDR"u8);
        return isNew ? FirstNewBlock() : FirstOldBlock();
    }

    private Hdf5Cursor FirstOldBlock()
    {
        var prefix = file.Metadata(offset, 16);
        if (prefix.Byte() != 1)
        {
            throw file.Bad(ModelFault.BadHeader, offset, "an object header of version 1 or 2 was expected here");
        }

        prefix.Skip(7);
        return file.Metadata(offset + 16, prefix.UInt32());
    }

    private Hdf5Cursor FirstNewBlock()
    {
        var prefix = file.Metadata(offset + 4, 2);
        prefix.ExpectVersion(2, "the object header");
        var flags = prefix.Byte();
        hasOrder = (flags & 0x4) != 0;
        var sizeAt = offset + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        var width = 1 << (flags & 3);
        return file.Metadata(sizeAt + width, file.Metadata(sizeAt, width).Size(width));
    }

    private void ReadMessages(Hdf5Cursor block, Queue<Hdf5Cursor> blocks)
    {
        var prefixBytes = !isNew ? 8 : hasOrder ? 6 : 4;
        while (block.Remaining >= prefixBytes)
        {
            var message = ReadMessage(block);
            messages.Add(message);
            if (message.Kind == MessageKind.Continuation)
            {
                blocks.Enqueue(Continuation(Body(message)));
            }
        }
    }

    private HeaderMessage ReadMessage(Hdf5Cursor block)
    {
        var kind = (MessageKind)block.Unsigned(isNew ? 1 : 2);
        var size = block.UInt16();
        var flags = block.Byte();
        block.Skip(!isNew ? 3 : hasOrder ? 2 : 0);
        return new HeaderMessage(kind, (flags & SharedFlag) != 0, block.Sub(size));
    }

    private Hdf5Cursor Continuation(Hdf5Cursor body)
    {
        var (at, length) = (body.AddressOf("a continuation block"), body.Length());
        file.Visit(at, "a continuation block");
        var block = file.Metadata(at, length);
        if (!isNew)
        {
            return block;
        }

        block.Expect("OCHK"u8, "a continuation block");
        return block.Sub(block.Remaining - ChecksumBytes);
    }
}
