using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Eigenscope.Tests.Models.SafeTensors;

/// <summary>Safetensors files made for a test.</summary>
internal static class SafeTensorsBytes
{
    /// <summary>A file of that header text and that data.</summary>
    public static byte[] Of(string header, params byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. data];
    }

    /// <summary>A file of tensors of singles, one behind the other.</summary>
    public static byte[] Of(params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        var (header, data) = (new StringBuilder(), new List<byte>());
        foreach (var (name, shape, values) in tensors)
        {
            var (start, bytes) = (data.Count, MemoryMarshal.AsBytes<float>(values).ToArray());
            data.AddRange(bytes);
            header.Append(CultureInfo.InvariantCulture, $"{(header.Length > 0 ? "," : "")}\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{start},{data.Count}]}}");
        }

        return Of($"{{{header}}}", [.. data]);
    }
}
