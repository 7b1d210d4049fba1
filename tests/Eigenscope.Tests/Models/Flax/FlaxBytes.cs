using System.Buffers.Binary;
using System.Text;

namespace Eigenscope.Tests.Models.Flax;

/// <summary>MessagePack made for a test, as Flax packs its arrays.</summary>
internal static class FlaxBytes
{
    /// <summary>
    /// What Python's msgpack made of <c>{'encoder': {'layer_0': {'kernel': [[1, 2], [3, 4]] float32, 'bias': [5, 6] float32}}, 'head': {'kernel': [[0, 1, 2]] bfloat16},
    /// 'scale': float16(0.5), 'step': 7, 'name': 'x', 'z': 1j, 'nothing': None, 'rate': 1.5}</c>.
    /// </summary>
    public static readonly byte[] Small = Convert.FromBase64String(SmallText);

    private const string SmallText = "iKdlbmNvZGVygadsYXllcl8wgqZrZXJuZWzHHgGTkgICp2Zsb2F0MzLEEAAAgD8AAABAAABAQAAAgECkYmlhc8cVAZORAqdmbG9hdDMyxAgAAKBAAADAQKRoZWFkgaZrZXJuZWzHFQGTkgEDqGJmbG9hdDE2xAYAAIA/AEClc2NhbGXHDgOTkKdmbG9hdDE2xAIAOKRzdGVwB6RuYW1loXihescTApLLAAAAAAAAAADLP/AAAAAAAACnbm90aGluZ8CkcmF0Zcs/+AAAAAAAAA==";

    public static byte[] Map(params (string Key, byte[] Value)[] entries) =>
        [(byte)(0x80 | entries.Length), .. entries.SelectMany(entry => (byte[])[.. Text(entry.Key), .. entry.Value])];

    public static byte[] Text(string text) => [0xd9, (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Number(long number) => [0xd3, .. Big(number)];

    public static byte[] Extension(byte type, byte[] content) => [0xc8, (byte)(content.Length >> 8), (byte)content.Length, type, .. content];

    /// <summary>A row of floats.</summary>
    public static byte[] Row(params float[] values) => Array("float32", [values.Length], [.. values.SelectMany(BitConverter.GetBytes)]);

    public static byte[] Array(string type, long[] shape, byte[] elements) => Extension(1, Triple(type, shape, elements));

    public static byte[] Triple(string type, long[] shape, byte[] elements) =>
        [0x93, (byte)(0x90 | shape.Length), .. shape.SelectMany(Number), .. Text(type), 0xc4, (byte)elements.Length, .. elements];

    /// <summary>The matrix 0 to 5 in chunks of 2, 3 and 1 elements under the name <c>a/w</c>.</summary>
    public static byte[] Chunked(string mark = "__msgpack_chunked_array__", long columns = 3, byte[]? lastChunk = null) => Map(("a", Map(("w", Map(
        (mark, [0xc3]),
        ("shape", Map(("0", Number(2)), ("1", Number(columns)))),
        ("chunks", Map(("0", Row(0, 1)), ("1", Row(2, 3, 4)), ("2", lastChunk ?? Row(5)))))))));

    private static byte[] Big(long number)
    {
        var big = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(big, number);
        return big;
    }
}
