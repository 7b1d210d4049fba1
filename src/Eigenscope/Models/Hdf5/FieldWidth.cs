using System.Numerics;

namespace Eigenscope.Models.Hdf5;

/// <summary>Widths of fields that follow from what they must hold.</summary>
internal static class FieldWidth
{
    /// <summary>The bytes of a field that holds numbers up to <paramref name="most"/>.</summary>
    public static int Of(ulong most) => (BitOperations.Log2(Math.Max(1, most)) / 8) + 1;
}
