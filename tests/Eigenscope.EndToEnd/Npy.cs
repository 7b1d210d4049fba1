using System.Runtime.InteropServices;
using System.Text;

namespace Eigenscope.EndToEnd;

/// <summary>Writes NumPy's .npy, version 1: magic, header length as u16, the header as a Python literal, the elements.</summary>
internal static class Npy
{
    /// <summary>A float64 matrix.</summary>
    public static byte[] Of(double[][] rows) =>
        Of("<f8", $"({rows.Length}, {rows[0].Length})", MemoryMarshal.AsBytes<double>(rows.SelectMany(row => row).ToArray()).ToArray());

    /// <summary>A file of any type, shape and data.</summary>
    public static byte[] Of(string descr, string shape, byte[] data)
    {
        var header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
