namespace Eigenscope.Statistics;

/// <summary>The root of a function of one variable between two places.</summary>
internal static class Bisection
{
    private const int MostSteps = 200;

    /// <summary>A place where <paramref name="f"/> changes its sign, to the last digit; an end where it does not.</summary>
    public static double Root(Func<double, double> f, double low, double high)
    {
        var rises = f(high) > 0;
        for (var step = 0; step < MostSteps; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = f(middle) > 0 == rises ? (low, middle) : (middle, high);
        }

        return high;
    }
}
