using System.Text;

namespace Eigenscope.Tests.Models.Onnx;

/// <summary>Writes protobuf messages field by field, right or wrong.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> bytes = [];

    public static byte[] Varint(ulong value)
    {
        var octets = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            octets.Add((byte)(value | 0x80));
        }

        return [.. octets, (byte)value];
    }

    public ProtoWriter Raw(params ReadOnlySpan<byte> octets)
    {
        bytes.AddRange(octets);
        return this;
    }

    public ProtoWriter Number(int field, long value) => Raw([.. Varint((ulong)field << 3), .. Varint(unchecked((ulong)value))]);

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> content) => Raw([.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content]);

    public ProtoWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message.ToArray());

    public ProtoWriter Packed(int field, params long[] values) => Bytes(field, [.. values.SelectMany(value => Varint(unchecked((ulong)value)))]);

    public byte[] ToArray() => [.. bytes];
}
