using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Eigenscope.EndToEnd;

/// <summary>Writes safetensors: the header's length as u64, the header as JSON, the data.</summary>
internal static class SafeTensors
{
    /// <summary>A whole file of F32 tensors, one after another.</summary>
    public static byte[] Of(params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        var (entries, end) = (new List<string>(), 0);
        foreach (var (name, shape, values) in tensors)
        {
            entries.Add(Entry(name, "F32", shape, end, end += sizeof(float) * values.Length));
        }

        var (data, begin) = (new byte[end], 0);
        foreach (var (_, _, values) in tensors)
        {
            MemoryMarshal.AsBytes<float>(values).CopyTo(data.AsSpan(begin));
            begin += sizeof(float) * values.Length;
        }

        return Of($"{{{string.Join(',', entries)}}}", data);
    }

    /// <summary>A file of any header and any data.</summary>
    public static byte[] Of(string header, byte[] data) => Of((ulong)Encoding.UTF8.GetByteCount(header), header, data);

    /// <summary>A file that states any length of its header.</summary>
    public static byte[] Of(ulong headerLength, string header, byte[] data)
    {
        var prefix = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, headerLength);
        return [.. prefix, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    /// <summary>The header's entry of a tensor.</summary>
    public static string Entry(string name, string dtype, int[] shape, int begin, int end) =>
        $"\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{begin},{end}]}}";
}
