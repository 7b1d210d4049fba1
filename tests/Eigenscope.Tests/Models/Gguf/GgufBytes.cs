using System.Text;
using Eigenscope.Models.Gguf;

namespace Eigenscope.Tests.Models.Gguf;

/// <summary>GGUF files made for a test, good ones and bad ones.</summary>
internal sealed class GgufBytes
{
    private readonly List<byte> pairs = [];
    private readonly List<byte> entries = [];
    private readonly List<byte> data = [];
    private ulong keyCount;
    private ulong tensorCount;

    public uint Version { get; init; } = 3;

    public int Alignment { get; init; } = 32;

    /// <summary>Added to every offset in the list of tensors.</summary>
    public ulong OffsetError { get; init; }

    /// <summary>What the header says instead of the number of tensors.</summary>
    public ulong? TensorCount { get; init; }

    /// <summary>What the header says instead of the number of keys.</summary>
    public ulong? KeyCount { get; init; }

    /// <summary>A key with a value given by its type and bytes.</summary>
    public GgufBytes Key(string key, GgufValueType type, params byte[] value)
    {
        pairs.AddRange([.. Text(key), .. BitConverter.GetBytes((uint)type), .. value]);
        keyCount++;
        return this;
    }

    public GgufBytes Key(string key, string value) => Key(key, GgufValueType.String, Text(value));

    public GgufBytes Key(string key, uint value) => Key(key, GgufValueType.UInt32, BitConverter.GetBytes(value));

    public GgufBytes Key(string key, ushort value) => Key(key, GgufValueType.UInt16, BitConverter.GetBytes(value));

    public GgufBytes Key(string key, int value) => Key(key, GgufValueType.Int32, BitConverter.GetBytes(value));

    public GgufBytes Array(string key, GgufValueType type, ulong count, params byte[] elements) =>
        Key(key, GgufValueType.Array, [.. BitConverter.GetBytes((uint)type), .. BitConverter.GetBytes(count), .. elements]);

    /// <summary>The three keys of a part of a split model.</summary>
    public GgufBytes Part(int number, int count, int tensors) =>
        Key("split.no", (ushort)number).Key("split.count", (ushort)count).Key("split.tensors.count", tensors);

    /// <summary>A tensor; the fastest axis comes first, as in the file.</summary>
    public GgufBytes Tensor(string name, uint type, ulong[] axes, params byte[] bytes)
    {
        entries.AddRange([.. Text(name), .. BitConverter.GetBytes(axes.Length), .. axes.SelectMany(BitConverter.GetBytes), .. BitConverter.GetBytes(type)]);
        entries.AddRange(BitConverter.GetBytes((ulong)data.Count + OffsetError));
        data.AddRange(bytes);
        Pad(data);
        tensorCount++;
        return this;
    }

    /// <summary>A matrix of singles.</summary>
    public GgufBytes Singles(string name, int rows, int columns) =>
        Tensor(name, 0, [(ulong)columns, (ulong)rows], [.. Enumerable.Range(0, rows * columns).SelectMany(k => BitConverter.GetBytes((float)k))]);

    public byte[] ToArray()
    {
        List<byte> file = [.. "GGUF"u8, .. BitConverter.GetBytes(Version), .. BitConverter.GetBytes(TensorCount ?? tensorCount), .. BitConverter.GetBytes(KeyCount ?? keyCount), .. pairs, .. entries];
        Pad(file);
        return [.. file, .. data];
    }

    public static byte[] Text(string text) => [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private void Pad(List<byte> bytes) => bytes.AddRange(new byte[(Alignment - (bytes.Count % Alignment)) % Alignment]);
}
