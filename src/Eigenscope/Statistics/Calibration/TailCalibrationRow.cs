namespace Eigenscope.Statistics;

/// <summary>How fits of samples with one planted exponent turned out.</summary>
/// <param name="Alpha">The planted exponent.</param>
/// <param name="TailCount">The number of values in the planted tail.</param>
/// <param name="Trials">The number of samples.</param>
/// <param name="MedianFitted">The median number of values in the fitted tails.</param>
/// <param name="Bias">The mean of the fitted exponent over the planted one, less 1.</param>
/// <param name="CorrectedBias">The same for the corrected exponent.</param>
/// <param name="BiasError">The standard error of <paramref name="CorrectedBias"/>.</param>
/// <param name="NaiveCoverage">The share of alpha +- 1.96 sigma that hold the planted exponent.</param>
/// <param name="Coverage">The share of bootstrap intervals that do.</param>
/// <param name="Width">The mean width of the bootstrap interval over the planted exponent.</param>
/// <param name="Rejected">The share of samples with p below 0.1: 0.1 for a test that keeps its level.</param>
public sealed record TailCalibrationRow(
    double Alpha,
    int TailCount,
    int Trials,
    double MedianFitted,
    double Bias,
    double CorrectedBias,
    double BiasError,
    double NaiveCoverage,
    double Coverage,
    double Width,
    double Rejected);
