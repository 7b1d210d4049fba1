using Eigenscope.LinearAlgebra;

namespace Eigenscope.Statistics;

/// <summary>The seed of one draw of a calibration.</summary>
internal static class CalibrationSeed
{
    /// <summary>A word made of a seed and the numbers of a draw, unlike that of any other draw.</summary>
    public static long Of(long seed, params ReadOnlySpan<int> parts)
    {
        var state = new SplitMix64((ulong)seed).Next();
        foreach (var part in parts)
        {
            state = new SplitMix64(state ^ (ulong)(uint)part).Next();
        }

        return (long)state;
    }
}
