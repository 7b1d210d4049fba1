using System.Text;

namespace Eigenscope.Models.Hdf5;

/// <summary>A name in a group.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">The place of the object header; null for a soft link, which is another path to something in the file.</param>
internal sealed record Hdf5Link(string Name, long? Target)
{
    /// <summary>The longest name that is read, in bytes.</summary>
    public const int MaxNameBytes = 1024;

    private const int Hard = 0;
    private const int Soft = 1;
    private const int External = 64;

    /// <summary>Reads a link message, as groups hold it in their header or in a fractal heap.</summary>
    public static Hdf5Link Read(Hdf5Cursor body)
    {
        body.ExpectVersion(1, "the link message");
        var flags = body.Byte();
        var type = (flags & 0x8) != 0 ? body.Byte() : Hard;
        body.Skip(((flags & 0x4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = NameOf(body, body.Size(1 << (flags & 3)));
        return type switch
        {
            Hard => new Hdf5Link(name, body.AddressOf($"'{name}'")),
            Soft => new Hdf5Link(name, null),
            External => throw body.Bad(ModelFault.Unsupported, $"'{name}' is a link to another file, and none is opened: copy the files into one with h5copy"),
            _ => throw body.Bad(ModelFault.Unsupported, $"'{name}' is a link of the unknown type {type}"),
        };
    }

    /// <summary>Reads a name that must be UTF-8 and hold no slash.</summary>
    public static string NameOf(Hdf5Cursor from, long length)
    {
        if (length is 0 or > MaxNameBytes)
        {
            throw from.Bad(ModelFault.TooLarge, $"a link name of {length} bytes is not read, only 1 to {MaxNameBytes}");
        }

        from.Charge(length);
        try
        {
            var name = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(from.Bytes((int)length));
            return name.AsSpan().ContainsAny('/', '\0') ? throw from.Bad(ModelFault.BadHeader, "a link name holds a slash or a zero") : name;
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFormatException(ModelFault.BadHeader, from.Bad(ModelFault.BadHeader, "").File, "a link name is not UTF-8", from.Offset, e);
        }
    }
}
