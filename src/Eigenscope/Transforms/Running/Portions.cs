namespace Eigenscope.Transforms;

/// <summary>Bytes cut into portions of one length, the last of which may be shorter.</summary>
/// <param name="Bytes">All bytes.</param>
/// <param name="Length">The bytes of a portion.</param>
internal readonly record struct Portions(long Bytes, int Length)
{
    /// <summary>How many there are.</summary>
    public int Count => checked((int)((Bytes + Length - 1) / Length));

    /// <summary>The first byte of a portion.</summary>
    public long Offset(int portion) => (long)portion * Length;

    /// <summary>The bytes of a portion.</summary>
    public int LengthOf(int portion) => (int)Math.Min(Length, Bytes - Offset(portion));
}
