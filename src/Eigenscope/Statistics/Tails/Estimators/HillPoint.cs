namespace Eigenscope.Statistics;

/// <summary>Hill's estimate from the k largest values.</summary>
/// <param name="K">k</param>
/// <param name="Threshold">The value next below them, in the units of x.</param>
/// <param name="Alpha">alpha = 1 + k / sum ln(x_i / threshold).</param>
/// <param name="HalfWidth">1.96 (alpha - 1) / sqrt(k): alpha lies within it with chance 0.95 where the tail is a power law.</param>
public readonly record struct HillPoint(int K, double Threshold, double Alpha, double HalfWidth);
