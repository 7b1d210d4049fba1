using System.IO.Compression;
using System.Text;

namespace Eigenscope.EndToEnd;

/// <summary>Writes what torch.save would write of an object that runs a shell command when it is unpickled.</summary>
internal static class PickleBomb
{
    /// <summary>The zip archive; its data.pkl calls os.system(<paramref name="command"/>).</summary>
    public static byte[] Of(string command)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "archive/data.pkl", Pickle(command));
            Add(zip, "archive/version", "3\n"u8.ToArray());
        }

        return bytes.ToArray();
    }

    /// <summary>PROTO 2, GLOBAL os.system, BINUNICODE command, TUPLE1, REDUCE, STOP.</summary>
    private static byte[] Pickle(string command)
    {
        var text = Encoding.UTF8.GetBytes(command);
        return [0x80, 2, .. "cos\nsystem\nX"u8, .. BitConverter.GetBytes(text.Length), .. text, 0x85, (byte)'R', (byte)'.'];
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
