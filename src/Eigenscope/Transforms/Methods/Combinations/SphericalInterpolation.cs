namespace Eigenscope.Transforms;

/// <summary>a x + b y on the arc between x and y (Shoemake 1985): a = sin((1 - t) theta) / sin theta, b = sin(t theta) / sin theta.</summary>
/// <param name="First">a.</param>
/// <param name="Second">b.</param>
/// <param name="IsLinear">True where the straight line is taken: a = 1 - t, b = t.</param>
internal readonly record struct SphericalInterpolation(double First, double Second, bool IsLinear)
{
    /// <summary>The factors, for vectors that are not normalised.</summary>
    /// <param name="cosine">The cosine of the angle theta between x and y; null where it has none.</param>
    /// <param name="t">The place on the arc: 0 is x, 1 is y.</param>
    /// <param name="straight">True for cosines whose arc is replaced by a straight line.</param>
    public static SphericalInterpolation Of(double? cosine, double t, Func<double, bool> straight)
    {
        if (cosine is not { } c || straight(c))
        {
            return new SphericalInterpolation(1 - t, t, true);
        }

        var angle = Math.Acos(c);
        var sine = Math.Sin(angle);
        return new SphericalInterpolation(Math.Sin((1 - t) * angle) / sine, Math.Sin(t * angle) / sine, false);
    }
}
