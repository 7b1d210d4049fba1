namespace Eigenscope.LinearAlgebra;

/// <summary>
/// A repeatable sequence of nearly normal numbers of mean 0 and variance 1: sums of twelve uniform numbers, from splitmix64 (Steele, Lea and Flood
/// 2014). Whole numbers and one division, so the same on every platform.
/// </summary>
internal sealed class NormalDraws(ulong seed)
{
    private const int Words = 3;
    private const int Mean = 12 * ushort.MaxValue / 2;

    private ulong state = seed;

    public double Next()
    {
        var sum = 0;
        for (var i = 0; i < Words; i++)
        {
            var word = NextWord();
            sum += (int)(word & ushort.MaxValue) + (int)((word >> 16) & ushort.MaxValue) + (int)((word >> 32) & ushort.MaxValue) + (int)(word >> 48);
        }

        return (sum - Mean) * (1.0 / 65536);
    }

    private ulong NextWord()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
