using Eigenscope.LinearAlgebra;

namespace Eigenscope.Dynamics;

/// <summary>By which factor the drift of weights shrinks in a step, from two moves, one right after the other.</summary>
/// <remarks>
/// Where a linear pull -b (W - W*) moves W, each move over w steps is phi^w times the one before, phi = e^-b, beside its noise. Noise of variance s^2 w in each of n elements adds n s^2 w to the squared length of the first move and, being
/// independent from step to step, nothing to the product of both.
/// </remarks>
public static class RelaxationFactor
{
    /// <summary>phi = (&lt;D1, D2&gt; / (|D1|^2 - n s^2 w))^(1 / w).</summary>
    /// <param name="first">D1, the move of each weight over w steps.</param>
    /// <param name="second">D2, the move over the w steps after those.</param>
    /// <param name="diffusion">s^2, not negative, in squared units of W for each step.</param>
    /// <param name="steps">w, positive.</param>
    /// <returns>phi, positive; or null with the reason, where noise leaves nothing of the first move or the second goes the other way.</returns>
    /// <exception cref="ArgumentException">The moves are empty or of different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">s^2 is negative or w is not positive.</exception>
    public static (double? Factor, string? Reason) Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double diffusion, double steps)
    {
        Lengths.RequireEqual(first.Length, second.Length, nameof(second));
        ArgumentOutOfRangeException.ThrowIfNegative(diffusion);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        var length = Lanes.Dot(first, first) - (first.Length * diffusion * steps);
        var product = Lanes.Dot(first, second);
        return !(length > 0) ? (null, "the first move is no longer than its noise alone would be")
            : !(product > 0) ? (null, "the second move goes against the first")
            : (Math.Pow(product / length, 1 / steps), null);
    }
}
