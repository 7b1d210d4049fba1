namespace Eigenscope.Statistics;

/// <summary>How the distance between a fitted and an empirical distribution is measured. The two choose different xmin.</summary>
public enum TailDistance
{
    /// <summary>max |F(x_j) - j / k|, j = 0 ... k - 1: the lower side of each step, as in WeightWatcher and the packages powerlaw and poweRlaw.</summary>
    Compat,

    /// <summary>The Kolmogorov-Smirnov distance: the larger of F(x_j) - j / k and (j + 1) / k - F(x_j), both sides of each step.</summary>
    Standard,
}
