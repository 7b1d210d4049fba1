namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A repeatable sequence of nearly normal numbers of mean 0 and variance 1: sums of twelve uniform numbers. Whole numbers and one division, so the same on every platform.
/// </summary>
internal sealed class NormalDraws(ulong seed)
{
    private const int Words = 3;
    private const int Mean = 12 * ushort.MaxValue / 2;

    private SplitMix64 words = new(seed);

    public double Next()
    {
        var sum = 0;
        for (var i = 0; i < Words; i++)
        {
            var word = words.Next();
            sum += (int)(word & ushort.MaxValue) + (int)((word >> 16) & ushort.MaxValue) + (int)((word >> 32) & ushort.MaxValue) + (int)(word >> 48);
        }

        return (sum - Mean) * (1.0 / 65536);
    }
}
