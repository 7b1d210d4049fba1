namespace Eigenscope.LinearAlgebra;

/// <summary>A repeatable sequence of random 64-bit words (Steele, Lea and Flood 2014), the same on every platform.</summary>
internal struct SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next word.</summary>
    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to <paramref name="end"/> - 1, each as likely as the others within end / 2^64 (Lemire 2019).</summary>
    public long Below(long end) => (long)Math.BigMul(Next(), (ulong)end, out _);
}
