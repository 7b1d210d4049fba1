namespace Eigenscope.LinearAlgebra;

/// <summary>
/// An interval that holds the eigenvalue of one index, on its way to nothing: bisection until it holds no other, then interpolation (the ITP method of Oliveira and
/// Takahashi 2020), which takes about ten steps where bisection takes fifty, and never more than bisection would and <see cref="Slack"/>.
/// </summary>
/// <remarks>What the next place is, and so every bit of the result, depends on the matrix and the index alone.</remarks>
internal struct Bracket(long index, double lower, SturmSequence.Value atLower, double upper, SturmSequence.Value atUpper)
{
    /// <summary>How far a place of interpolation is moved towards the middle, as a share of the bracket.</summary>
    private const double Truncation = 0.2;

    /// <summary>Steps that interpolation may fall behind bisection.</summary>
    private const int Slack = 8;

    private const int MostExponent = 1000;

    private double lower = lower;
    private double upper = upper;
    private SturmSequence.Value atLower = atLower;
    private SturmSequence.Value atUpper = atUpper;
    private double started;
    private double reach;

    /// <summary>The middle.</summary>
    public readonly double Middle => lower + (0.5 * (upper - lower));

    /// <summary>True while the bracket is wider than <paramref name="width"/> and can still be divided.</summary>
    public readonly bool IsOpen(double width) => upper - lower > width && Middle > lower && Middle < upper;

    /// <summary>The place to evaluate next, inside an open bracket.</summary>
    public double Next(double width)
    {
        var middle = Middle;
        if (atUpper.Below - atLower.Below != 1)
        {
            return middle;
        }

        if (started == 0)
        {
            started = upper - lower;
            reach = width * Math.ScaleB(1, Math.Max(0, Math.ILogB(started / width)) + Slack);
        }

        var towards = Interpolated(middle, width);
        var radius = reach - (0.5 * (upper - lower));
        reach *= 0.5;
        var place = Math.Clamp(towards, middle - Math.Max(0, radius), middle + Math.Max(0, radius));
        return place > lower && place < upper ? place : middle;
    }

    /// <summary>Takes what was found at a place inside.</summary>
    public void Narrow(double place, SturmSequence.Value value)
    {
        if (value.Below > index)
        {
            (upper, atUpper) = (place, value);
        }
        else
        {
            (lower, atLower) = (place, value);
        }
    }

    /// <summary>The root of the straight line between both ends, moved towards the middle by 0.2 (b - a)^2 / (b_0 - a_0), and enough to close the bracket from the other side.</summary>
    private readonly double Interpolated(double middle, double resolution)
    {
        var exponent = (int)Math.Clamp(atUpper.Exponent - atLower.Exponent, -MostExponent, MostExponent);
        var ratio = Math.ScaleB(Math.Abs(atUpper.Mantissa / atLower.Mantissa), exponent);
        var width = upper - lower;
        var root = lower + (width / (1 + ratio));
        var shift = Math.Max(resolution, Truncation * width * (width / started));
        return !(Math.Abs(middle - root) > shift) ? middle : root + Math.CopySign(shift, middle - root);
    }
}
