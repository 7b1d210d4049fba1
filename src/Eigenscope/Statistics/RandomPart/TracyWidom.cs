namespace Eigenscope.Statistics;

/// <summary>The Tracy-Widom law of beta = 1 between its tabled quantiles, by the logarithm of its upper tail: right where a level is compared, to a tenth of the probability elsewhere.</summary>
internal static class TracyWidom
{
    private static readonly double[] Places = [-8, -3.8954327, -3.1803800, -1.2685746, 0.4501433, 0.9793161, 2.0234493, 2.4223266, 3.2721961, 20];
    private static readonly double[] Tails = [1, 0.99, 0.95, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001, 1e-20];

    /// <summary>The probability of more than x.</summary>
    public static double Survival(double x)
    {
        var i = 0;
        while (i < Places.Length - 2 && Places[i + 1] < x)
        {
            i++;
        }

        var t = (x - Places[i]) / (Places[i + 1] - Places[i]);
        return Math.Clamp(Tails[i] * Math.Pow(Tails[i + 1] / Tails[i], t), 0, 1);
    }
}
