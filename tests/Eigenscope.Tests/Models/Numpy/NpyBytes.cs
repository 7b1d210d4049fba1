using System.Text;

namespace Eigenscope.Tests.Models.Numpy;

/// <summary>Npy files made for a test.</summary>
internal static class NpyBytes
{
    /// <summary>A version 1 file of that header text, padded as NumPy pads it.</summary>
    public static byte[] Of(string header, params byte[] data)
    {
        var padded = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)padded.Length), .. Encoding.UTF8.GetBytes(padded), .. data];
    }

    /// <summary>A row of elements of that type code.</summary>
    public static byte[] Row(string descr, int count, params byte[] data) =>
        Of($"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({count},), }}", data);
}
